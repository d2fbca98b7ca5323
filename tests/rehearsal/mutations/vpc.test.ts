import { vpcCase, withoutLogs } from "../fixtures/stacks";
import { describeBreaking } from "./breaking";

describeBreaking(withoutLogs(vpcCase));
