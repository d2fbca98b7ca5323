import type { Props, Refusal } from "../../../model/recording";
import { refuseIf } from "../../rules";
import { text } from "../../../model/values";

const trustedLaunch =
  "https://learn.microsoft.com/azure/virtual-machines/trusted-launch#virtual-machines-sizes";
const generation2 = "https://learn.microsoft.com/azure/virtual-machines/generation-2";
const images = "https://learn.microsoft.com/azure/virtual-machines/linux/cli-ps-findimage";

interface Size {
  readonly generation2: boolean;
  readonly trustedLaunch: boolean;
}

const modern: Size = { generation2: true, trustedLaunch: true };
const old: Size = { generation2: false, trustedLaunch: false };

/**
 * Small sizes, and what they can boot; any other is unknown here.
 * https://learn.microsoft.com/azure/virtual-machines/sizes/overview
 */
const sizes: Readonly<Record<string, Size>> = {
  Standard_B1s: modern,
  Standard_B1ms: modern,
  Standard_B2s: modern,
  Standard_B2ats_v2: modern,
  Standard_B2als_v2: modern,
  Standard_B2as_v2: modern,
  Standard_D2s_v5: modern,
  Standard_A1_v2: old,
  Standard_D2_v3: old,
};

/**
 * Ubuntu's images by publisher, offer and SKU, and their generation: since 24.04 the plain SKU is generation 2.
 * https://github.com/juju/juju (internal/provider/azure/internal/imageutils) distinguishes them in the same way.
 */
const generations: Readonly<Record<string, 1 | 2>> = {
  "canonical ubuntu-24_04-lts server": 2,
  "canonical ubuntu-24_04-lts minimal": 2,
  "canonical ubuntu-24_04-lts server-gen1": 1,
  "canonical 0001-com-ubuntu-server-jammy 22_04-lts-gen2": 2,
  "canonical 0001-com-ubuntu-server-jammy 22_04-lts": 1,
};

/** A size or an image that does not exist, and a size that cannot boot the image. */
export function refuseImage(inputs: Props): readonly Refusal[] {
  const vmSize = text(inputs, "hardwareProfile.vmSize");
  const size = vmSize === undefined ? undefined : sizes[vmSize];
  const parts = ["publisher", "offer", "sku"].map((part) =>
    text(inputs, `storageProfile.imageReference.${part}`),
  );
  const image = parts.every((part) => part !== undefined) ? parts.join(" ").toLowerCase() : undefined;
  const generation = image === undefined ? undefined : generations[image];
  const version = text(inputs, "storageProfile.imageReference.version");
  const trusted = text(inputs, "securityProfile.securityType") === "TrustedLaunch";
  return [
    ...refuseIf(vmSize !== undefined && size === undefined, {
      code: "InvalidParameter",
      message: `the value ${vmSize ?? ""} provided for the VM size is not valid`,
      property: "hardwareProfile.vmSize",
      source: `guess: the code; the sizes: https://learn.microsoft.com/azure/virtual-machines/sizes/overview`,
    }),
    ...refuseIf(
      (image !== undefined && generation === undefined) ||
        (version !== undefined && !/^(latest|\d+\.\d+\.\d+)$/.test(version)),
      {
        code: "PlatformImageNotFound",
        message: `the platform image '${image ?? ""} ${version ?? ""}' is not available`,
        property: "storageProfile.imageReference",
        source: `guess: the code; the images: ${images}`,
      },
    ),
    ...refuseIf(generation === 2 && size?.generation2 === false, {
      code: "BadRequest",
      message: `the selected VM size '${vmSize ?? ""}' cannot boot Hypervisor Generation '2'`,
      property: "hardwareProfile.vmSize",
      source: `guess: the code; the rule: ${generation2}`,
    }),
    ...refuseIf(trusted && (generation === 1 || size?.trustedLaunch === false), {
      code: "BadRequest",
      message: `Trusted Launch needs an image of generation 2 and a size that supports it, not '${vmSize ?? ""}'`,
      property: "securityProfile.securityType",
      source: `guess: the code; the rule: ${trustedLaunch}`,
    }),
  ];
}
