import { PolicyPack } from "@pulumi/policy";
import { asPolicy } from "./engine";
import { rules } from "./rules";

// Only this file starts the pack's server, so tests can import all others.
new PolicyPack("azure-s3-privatelink", { policies: rules.map(asPolicy) });
