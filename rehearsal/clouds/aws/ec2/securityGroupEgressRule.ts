import type { CloudType } from "../../cloudType";
import { securityGroupRule } from "./securityGroupRule";

/** The program registers none: the group of an endpoint needs no rule for what leaves it. */
export const securityGroupEgressRule: CloudType = securityGroupRule("egress");
