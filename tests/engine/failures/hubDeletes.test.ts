import { declareCampaign } from "../support/campaignSuite";

declareCampaign("hub", "deletes");
