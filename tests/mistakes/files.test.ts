import { expect } from "chai";
import { LabError } from "../../lab/machine/processes";
import { recordStack } from "../../lab/recording/recordStack";
import { call } from "./call";
import type { Command } from "./commands";
import { fileMistakes } from "./files";
import { Project, stack, stackFile } from "./mistake";

/** The commands that read a stack's file; review and verify read what Pulumi wrote. */
const reading: readonly (readonly [Command, readonly string[]])[] = [
  ["rehearse", ["--stack", stack]],
  ["rehearse:pulumi", ["preview", "--stack", stack]],
  ["rotate", ["--stack", stack, "--tunnel", "tunnel1"]],
  ["lab", ["--stack", stack]],
];

describe("a stack's file", () => {
  const project = new Project();
  after(() => {
    project.remove();
  });

  for (const { what, text, says } of fileMistakes)
    it(`that ${what} is refused in one line by each command that reads it`, async () => {
      project.write(text);
      for (const [command, args] of reading) {
        const called = await call(command, args, project.folder);
        expect(called, command).to.deep.equal({ code: 2, text: `${says}\n` });
      }
    });

  for (const command of ["rehearse", "lab"] as const)
    it(`with a wrong setting ends ${command} with its line`, async () => {
      project.write(stackFile({ perimeter: "open" }));
      const says = "perimeter is open, but it takes enforced, allow; choose one of them";
      if (command === "rehearse") {
        const { code, text } = await call(command, ["--stack", stack], project.folder);
        expect(code).to.equal(2);
        expect(text)
          .to.include(says)
          .and.not.match(/^\s+at /m);
      } else {
        const refused = await recordStack({ projectDir: project.folder, stack }).catch(
          (error: unknown) => error,
        );
        expect(refused).to.be.instanceOf(LabError).with.property("message").that.includes(says);
      }
    });

  for (const text of ["", "# nothing yet\n", "environment: []\n", "config:\n"])
    it(`that sets nothing, as ${JSON.stringify(text)}, is refused with each setting that it lacks`, async () => {
      project.write(text);
      const called = await call("rehearse", ["--stack", stack], project.folder);
      expect(called.code).to.equal(2);
      for (const setting of ["aws:region", "azure-native:location", "azureCidr", "awsCidr"])
        expect(called.text).to.include(`✗ ${setting} is not set`);
    });

  it("of the project is refused in one line where it is a list or has no name", async () => {
    const other = new Project();
    try {
      for (const [text, says] of [
        [
          "- name: x\n",
          "Pulumi.yaml is a list; write keys and values, each on a line of its own, as key: value",
        ],
        ["runtime: nodejs\n", "Pulumi.yaml has no name; restore it as it is in the repository"],
      ] as const) {
        other.write(text, "Pulumi.yaml");
        const called = await call("rehearse", ["--stack", stack], other.folder);
        expect(called).to.deep.equal({ code: 2, text: `${says}\n` });
      }
    } finally {
      other.remove();
    }
  });
});
