// A real OpenID Connect provider for the tests: one confidential client, any name signs in without a password.
//
//   node e2e/oidc-provider.mjs CALLBACK_URL [PORT]
//
// Port 0 (the default) takes a free one. The first line on standard output is the issuer; the process ends when its
// standard input closes, so it never outlives the test that started it.
//
// Claims: `ci` stands for an identity proofing service's stable value and is in the ID token; `email`, `email_verified`
// and `name` come from the userinfo endpoint. A login that starts with "unverified" has an address that is not verified;
// one that starts with "same-" shares its `ci` with every other such login.

import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [callback, port = '0'] = process.argv.slice(2);
if (!callback) {
  process.stderr.write('usage: node oidc-provider.mjs CALLBACK_URL [PORT]\n');
  process.exit(2);
}

const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

const server = createServer();
server.listen(Number(port), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'madang',
      client_secret: 'a-secret-for-tests-only',
      redirect_uris: [callback],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    }],
    claims: {
      openid: ['sub', 'ci'],
      email: ['email', 'email_verified'],
      profile: ['name'],
    },
    cookies: { keys: ['only-for-tests'] },
    features: { devInteractions: { enabled: true } },
    jwks: { keys: [{ ...rsa, use: 'sig', alg: 'RS256', kid: 'rsa' }, { ...key, use: 'sig', alg: 'ES256', kid: 'ec' }] },
    pkce: { required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: async () => ({
        sub: id,
        ci: id.startsWith('same-') ? 'ci-same' : `ci-${id}`,
        email: `${id}@example.org`,
        email_verified: !id.startsWith('unverified'),
        name: `Person ${id}`,
      }),
    }),
  });
  server.on('request', provider.callback());
  process.stdout.write(`${issuer}\n`);
});

process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
