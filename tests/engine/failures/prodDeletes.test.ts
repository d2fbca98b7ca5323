import { declareCampaign } from "../support/campaignSuite";

declareCampaign("prod", "deletes");
