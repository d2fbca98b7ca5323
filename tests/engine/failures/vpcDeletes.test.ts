import { declareCampaign } from "../support/campaignSuite";

declareCampaign("vpc", "deletes");
