import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { galleryTexts, printedText } from "../docs/gallery/texts";

describe("The gallery", function () {
  this.timeout("2m");

  for (const { file, args } of galleryTexts)
    it(`shows what rehearse ${args.join(" ")} prints; npm run gallery writes it again`, () => {
      expect(readFileSync(join(__dirname, "..", "docs", "gallery", file), "utf8")).to.equal(
        printedText(args),
      );
    });
});
