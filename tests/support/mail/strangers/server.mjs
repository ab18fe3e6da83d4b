// A mail server that we did not write. The first line it prints is its port; then a line a letter.
// What it is told stands in the environment, as JSON: { tls: {key, cert} | null, tlsFirst, ways, user, password, token }.
import { SMTPServer } from "smtp-server";

const told = JSON.parse(process.env.TOLD);
const say = (words) => process.stdout.write(JSON.stringify(words) + "\n");
const no = (responseCode, words) => Object.assign(new Error(words), { responseCode });
const secret = (auth) => (auth.method === "XOAUTH2" ? auth.accessToken === told.token : auth.password === told.password);

const server = new SMTPServer({
  ...(told.tls ?? {}),
  secure: told.tlsFirst,
  disabledCommands: told.tls ? [] : ["STARTTLS"],
  authMethods: told.ways,
  authOptional: told.ways.length === 0,
  allowInsecureAuth: !told.tls,
  disableReverseLookup: true,
  onAuth(auth, session, done) {
    const known = auth.username === told.user && secret(auth);
    done(known ? null : no(535, "5.7.8 who is that"), known ? { user: auth.username } : undefined);
  },
  onRcptTo({ address }, session, done) {
    const refusals = { nobody: no(550, "5.1.1 nobody"), later: no(451, "4.7.1 later"), policy: no(554, "5.7.1 no") };
    done(refusals[address.split("@")[0]]);
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on("data", (part) => parts.push(part));
    stream.on("end", () => {
      const { mailFrom, rcptTo } = session.envelope;
      const content = Buffer.concat(parts).toString("base64");
      say({ from: mailFrom.address, to: rcptTo.map((one) => one.address), secure: session.secure, content });
      const [name] = rcptTo[0].address.split("@");
      if (name === "silent") return;
      done(name === "spam" ? no(554, "5.7.1 spam") : null, "2.0.0 taken");
    });
  },
});
server.on("error", () => {});
server.listen(0, "127.0.0.1", () => say(server.server.address().port));
