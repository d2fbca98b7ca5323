import { declareCampaign } from "../support/campaignSuite";

declareCampaign("dev", "creates");
