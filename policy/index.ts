import { PolicyPack } from "@pulumi/policy";
import { asPolicy } from "./engine";
import { rules } from "./rules";

// Nothing but this starts the pack's server: everything else can be imported by a test.
new PolicyPack("azure-s3-privatelink", { policies: rules.map(asPolicy) });
