// Reads letters and calendars that stand on standard input in base64, and prints what it found in them.
import ICAL from "ical.js";
import { simpleParser } from "mailparser";
import nodeIcal from "node-ical";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { letters, calendars } = JSON.parse(Buffer.concat(chunks).toString());

const asRead = async (letter) => {
  const read = await simpleParser(Buffer.from(letter, "base64"), { skipTextToHtml: true });
  return {
    id: read.messageId,
    subject: read.subject ?? "",
    date: read.date.toISOString(),
    from: read.from.value,
    to: read.to.value,
    replyTo: read.replyTo?.value ?? null,
    inReplyTo: read.inReplyTo ?? null,
    references: read.references ?? null,
    stop: read.headers.get("list")?.unsubscribe?.url ?? null,
    automatic: read.headers.get("auto-submitted") ?? null,
    text: read.text,
    html: read.html,
    attached: read.attachments.map((one) => ({
      name: one.filename, type: one.contentType, content: one.content.toString("base64"),
    })),
  };
};

const asEntered = (calendar) => {
  const text = Buffer.from(calendar, "base64").toString();
  const whole = new ICAL.Component(ICAL.parse(text));
  const event = new ICAL.Event(whole.getFirstSubcomponent("vevent"));
  const other = Object.values(nodeIcal.sync.parseICS(text)).find((one) => one.type === "VEVENT");
  const first = {
    reader: "ical.js", uid: event.uid, ends: event.endDate.toJSDate().toISOString(),
    begins: event.startDate.toJSDate().toISOString(), title: event.summary, says: event.description,
    edition: event.sequence, method: whole.getFirstPropertyValue("method"),
  };
  const second = {
    reader: "node-ical", uid: other.uid, ends: other.end.toISOString(), begins: other.start.toISOString(),
    title: other.summary, says: other.description, edition: Number(other.sequence), method: other.method,
  };
  return [first, second];
};

process.stdout.write(JSON.stringify({
  letters: await Promise.all(letters.map(asRead)),
  calendars: calendars.map(asEntered),
}));
