// A mail server on a free port of this machine. It writes a line of JSON for its port and for every mail that it takes or refuses, does
// what it is told by lines on its standard input ("refuse 3": the next three mails, for now), and ends when that is closed.
//   node server.mjs [--tls] [--user NAME --password PASSWORD] [--key FILE --cert FILE]
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const { values: options } = parseArgs({
    options: {
        tls: { type: 'boolean', default: false },
        user: { type: 'string' },
        password: { type: 'string' },
        key: { type: 'string' },
        cert: { type: 'string' },
    },
});
const say = (what) => console.log(JSON.stringify(what));
let toRefuse = 0;

async function take(stream, session) {
    const chunks = [];
    for await (const chunk of stream) {
        chunks.push(chunk);
    }

    if (toRefuse > 0) {
        toRefuse--;
        say({ event: 'refused', to: session.envelope.rcptTo[0].address });
        throw Object.assign(new Error('Try again later'), { responseCode: 451 });
    }

    const raw = Buffer.concat(chunks);
    const mail = await PostalMime.parse(raw);
    say({
        event: 'taken',
        to: session.envelope.rcptTo[0].address,
        recipients: session.envelope.rcptTo.length,
        from: mail.from,
        subject: mail.subject,
        message_id: mail.messageId,
        text: mail.text,
        html: mail.html,
        headers: mail.headers,
        raw: raw.toString('latin1'),
        encrypted: session.secure,
        user: session.user,
    });
}

const server = new SMTPServer({
    ...(options.key ? { key: readFileSync(options.key), cert: readFileSync(options.cert) } : {}),
    disabledCommands: [...(options.tls ? [] : ['STARTTLS']), ...(options.user ? [] : ['AUTH'])],
    authOptional: !options.user,
    allowInsecureAuth: true,
    authMethods: ['LOGIN'],
    disableReverseLookup: true,
    onAuth: (auth, session, done) =>
        auth.username === options.user && auth.password === options.password ? done(null, { user: auth.username }) : done(new Error('Wrong password')),
    onData: (stream, session, done) => take(stream, session).then(() => done(), done),
});
server.on('error', () => {}); // a client that leaves, or does not trust the certificate
server.listen(0, '127.0.0.1', () => say({ event: 'listening', port: server.server.address().port }));

createInterface({ input: process.stdin })
    .on('line', (line) => {
        toRefuse = Number(line.split(' ')[1]);
        say({ event: 'told' });
    })
    .on('close', () => process.exit());
