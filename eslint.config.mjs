import eslint from "@eslint/js";
import { createRequire } from "node:module";
import tseslint from "typescript-eslint";

const { program } = createRequire(import.meta.url)("./structure.json");
const programFiles = [...program.files, ...program.folders.map((folder) => `${folder}/**`)];

const noResourceInApply = {
  selector:
    "CallExpression[callee.property.name='apply'] NewExpression[callee.type!='Identifier'], CallExpression[callee.property.name='apply'] NewExpression[callee.name=/^[A-Z]/]:not([callee.name=/Error$|^Set$|^Map$|^Address4$/])",
  message: "No resource is born inside apply: a preview would not show it.",
};

const noStringifiedOutput = {
  selector: "CallExpression[callee.object.name='JSON'][callee.property.name='stringify'] ",
  message: "JSON.stringify garbles an Output: use pulumi.jsonStringify.",
};

export default tseslint.config(
  { ignores: ["node_modules", "**/node_modules", "coverage", "**/*.js", "**/*.cjs", "**/*.mjs"] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-syntax": ["error", noResourceInApply],
    },
  },
  {
    // A component exists by being made: nobody needs the reference to a rule or an association.
    files: programFiles,
    rules: {
      "@typescript-eslint/no-unused-expressions": "off",
      "no-restricted-syntax": ["error", noResourceInApply, noStringifiedOutput],
    },
  },
  {
    files: [
      "vpn/tunnels.ts",
      "vpn/ipsec.ts",
      "network/cidr.ts",
      "s3access/policies.ts",
      "monitoring/alarmPlan.ts",
      "monitoring/logPolicies.ts",
      "client/cloudConfig.ts",
      "logRetention.ts",
      "outputs.ts",
      "settings/**",
    ],
    ignores: ["settings/settings.ts"],
    rules: {
      // Where no Output can be, JSON is plain.
      "no-restricted-syntax": ["error", noResourceInApply],
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@pulumi/*"], message: "A planner is plain data in, plain data out." }] },
      ],
    },
  },
  {
    files: programFiles,
    rules: {
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "env",
          message: "settings/settings.ts is the only reader of configuration.",
        },
      ],
    },
  },
  {
    files: ["tests/**", "**/*.test.ts"],
    rules: {
      // chai's assertions are property reads.
      "@typescript-eslint/no-unused-expressions": "off",
    },
  },
);
