import { expect } from "chai";
import { record } from "../../rehearsal/run/record";
import { complaints, configWith } from "../settings/validConfig";
import { Project, stack, stackFile } from "./mistake";
import { settingMistakes } from "./table";

const heading = "Nothing was touched: one setting of this stack must change.";

/** Each mistake twice: put to the settings alone, and in a stack's file to the whole program on simulated clouds. */
for (const [subject, mistakes] of Object.entries(settingMistakes))
  describe(`a mistake in ${subject} is one line, of the settings and of the program`, () => {
    const project = new Project();
    after(() => {
      project.remove();
    });

    for (const { what, given, says } of mistakes)
      it(what, async () => {
        expect(complaints(configWith(given))).to.deep.equal([`  ${says}`]);
        project.write(stackFile(given));
        const { errors, resources } = await record({ projectDir: project.folder, stack });
        expect(errors).to.deep.equal([`${heading}\n  ${says}`]);
        expect(resources.filter(({ custom }) => custom)).to.deep.equal([]);
      });
  });
