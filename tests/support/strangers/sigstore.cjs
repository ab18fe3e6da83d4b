// The verdicts of Sigstore's verifier: its checkpoints and its inclusion, which are inside the package.
// A JSON on standard input: the key's name, id and bytes, and for each case a note, an entry and a proof.
"use strict";
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const inside = path.join(process.argv[2], "node_modules/@sigstore/verify/dist/tlog");
const {verifyCheckpoint} = require(path.join(inside, "checkpoint"));
const {verifyMerkleInclusion} = require(path.join(inside, "merkle"));
const bytes = base64 => Buffer.from(base64, "base64");
const ED25519 = Buffer.from("302a300506032b6570032100", "hex"); // before a key's bytes, in DER

const {key, cases} = JSON.parse(fs.readFileSync(0, "utf8"));
const der = Buffer.concat([ED25519, bytes(key.bytes)]);
const ledgers = [{
  baseURL: key.name,
  logID: bytes(key.id),
  publicKey: crypto.createPublicKey({key: der, format: "der", type: "spki"}),
}];

function verdicts({note, entry, index, hashes}) {
  const inclusionProof = {logIndex: String(index), hashes: hashes.map(bytes), checkpoint: {envelope: note}};
  const holds = [false, false];
  try {
    const head = verifyCheckpoint({inclusionProof}, ledgers);
    holds[0] = true;
    verifyMerkleInclusion({inclusionProof, canonicalizedBody: bytes(entry)}, head);
    holds[1] = true;
  } catch (error) {
    if (error.name !== "VerificationError") throw error;
  }
  return holds;
}

console.log(JSON.stringify(cases.map(verdicts)));
