import { declareCampaign } from "../support/campaignSuite";

declareCampaign("dev", "deletes");
