import { expect } from "chai";
import { call } from "./call";
import { commandMistakes, files } from "./commands";
import { Project } from "./mistake";

describe("a command that is called wrongly", () => {
  const project = new Project();
  before(() => {
    for (const [name, text] of Object.entries(files)) project.write(text, name);
  });
  after(() => {
    project.remove();
  });

  for (const { command, what, args, says } of commandMistakes)
    it(`tells ${command} of ${what}, and ends with 2`, async () => {
      expect(await call(command, args, project.folder)).to.deep.equal({ code: 2, text: `${says}\n` });
    });
});
