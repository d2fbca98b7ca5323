import { administratorsPage } from "./administratorsPage";
import { compliancePage } from "./compliancePage";
import { outputsPage } from "./outputsPage";
import { projectFile } from "./projectFile";
import { reportPage } from "./reportPage";
import { roleFiles } from "./permissions/files";
import { settingsPage } from "./settingsPage";
import { versionsPage } from "./versionsPage";

/** The files that schemas and records write, and how each comes from what is there already. */
export const generatedFiles: Readonly<Record<string, (current: string) => string | Promise<string>>> = {
  "Pulumi.yaml": projectFile,
  "docs/settings.md": settingsPage,
  "docs/outputs.md": outputsPage,
  "docs/versions.md": versionsPage,
  "docs/administrators.md": administratorsPage,
  "docs/compliance.md": compliancePage,
  "docs/report.md": reportPage,
  ...roleFiles,
};
