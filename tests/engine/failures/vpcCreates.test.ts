import { declareCampaign } from "../support/campaignSuite";

declareCampaign("vpc", "creates");
