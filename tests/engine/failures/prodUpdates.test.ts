import { declareCampaign } from "../support/campaignSuite";

declareCampaign("prod", "updates");
