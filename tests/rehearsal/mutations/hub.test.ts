import { hubCase, withoutLogs } from "../fixtures/stacks";
import { describeBreaking } from "./breaking";

describeBreaking(withoutLogs(hubCase));
