/** What the machine lists, and with whose key: plain values, known only when the stack is deployed. */
export interface Listing {
  readonly region: string;
  /** As `https://bucket.vpce-….s3.REGION.vpce.amazonaws.com`. */
  readonly endpointUrl: string;
  readonly bucketName: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** How often it lists. */
export const periodMinutes = 5;

/** SHA-256 of nothing. */
const noBody = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

const settingsFolder = "/etc/azure-s3-privatelink";
const script = "/usr/local/sbin/list-bucket";
const unit = "azure-s3-privatelink-client";

/**
 * What cloud-init does on the machine's first start. JSON is YAML, so no value needs any other quoting; values are in
 * files of their own, and the script is the same in every stack.
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export function cloudConfig(listing: Listing, listBucket: string): string {
  const document = {
    // Nobody logs in from the network: neither by password, nor at all. Each start masks it again, before sshd is up.
    ssh_pwauth: false,
    bootcmd: [["systemctl", "mask", "--now", "--no-block", "ssh.service", "ssh.socket"]],
    // The serial console is for the script's line: no host keys of an sshd that does not run.
    ssh: { emit_keys_to_console: false },
    no_ssh_fingerprints: true,
    // There is no way out to fetch anything from.
    package_update: false,
    package_upgrade: false,
    write_files: [
      file(`${settingsFolder}/bucket`, "0644", listing.bucketName),
      file(`${settingsFolder}/request.conf`, "0600", requestConfig(listing)),
      file(script, "0755", listBucket),
      file(`/etc/systemd/system/${unit}.service`, "0644", service),
      file(`/etc/systemd/system/${unit}.timer`, "0644", timer),
    ],
    runcmd: [
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", `${unit}.timer`],
    ],
  };
  return `#cloud-config\n${JSON.stringify(document, undefined, 1)}\n`;
}

function file(path: string, permissions: string, content: string) {
  return { path, owner: "root:root", permissions, content };
}

/**
 * The request in curl's own configuration file, which root alone reads.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
function requestConfig(listing: Listing): string {
  // Sorted and with every value, as the signature needs the query.
  const url = `${listing.endpointUrl}/${listing.bucketName}?list-type=2&max-keys=10`;
  const options = {
    url,
    user: `${listing.accessKeyId}:${listing.secretAccessKey}`,
    "aws-sigv4": `aws:amz:${listing.region}:s3`,
    // S3 requires it; curl signs it from 7.87 on (curl #9804), but not every version adds it by itself (#8810).
    header: `x-amz-content-sha256: ${noBody}`,
  };
  return Object.entries(options)
    .map(([name, value]) => `${name} = ${quoted(value)}\n`)
    .join("");
}

/** @see https://curl.se/docs/manpage.html#-K */
function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** The line goes straight to the serial port, where Azure's boot diagnostics read it. */
const service = `[Unit]
Description=Lists the bucket and says how that went on the serial console

[Service]
Type=oneshot
ExecStart=${script}
StandardOutput=tty
StandardError=journal
TTYPath=/dev/ttyS0
TimeoutStartSec=60
PrivateTmp=yes
ProtectHome=yes
ProtectSystem=strict
NoNewPrivileges=yes
`;

const timer = `[Unit]
Description=Lists the bucket every ${periodMinutes} minutes

[Timer]
OnBootSec=30s
OnUnitActiveSec=${periodMinutes}min
AccuracySec=1s

[Install]
WantedBy=timers.target
`;
