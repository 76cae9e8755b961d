import { hex, type NameKind, pick, range, slugWords, webUrl } from './draw.ts';
import { type DrawText, from, kept } from './from-faker.ts';
import { words } from './phrases.ts';

const url: DrawText = (run, random, owner) =>
  `https://${slugWords(run, random, owner)}.example.com/${slugWords(run, random, owner)}`;

/** Addresses of RFC 5737 and RFC 1918: nobody's. */
const ip: DrawText = (_, random) => {
  const host = random.integer(1, 254);
  const subnet = random.integer(0, 255);
  switch (random.integer(0, 3)) {
    case 0:
      return `10.${random.integer(0, 255)}.${subnet}.${host}`;
    case 1:
      return `192.168.${subnet}.${host}`;
    case 2:
      return `172.16.${subnet}.${host}`;
    default:
      return `203.0.113.${host}`;
  }
};

/** Faker also knows the agents of robots. */
const browserAgent: DrawText = kept((faker) => {
  let agent = '';
  for (let attempt = 0; attempt < 10 && !agent.startsWith('Mozilla'); attempt += 1)
    agent = faker.internet.userAgent();
  return agent;
});

/** Addresses, names and secrets of networks. */
export const network: Readonly<Record<string, NameKind>> = {
  ip: { text: ip, formats: ['ipv4'] },
  ipv6: { text: (_, random) => `2001:db8:${hex(random, 4)}::${hex(random, 4)}`, formats: ['ipv6'] },
  cidr: { text: (_, random) => `10.${random.integer(0, 255)}.${random.integer(0, 255)}.0/24` },
  mac: { text: (_, random) => Array.from({ length: 6 }, () => hex(random, 2)).join(':') },
  hostname: {
    text: (run, random, owner) => `${slugWords(run, random, owner)}.example.com`,
    formats: ['hostname', 'idn-hostname'],
  },
  domain: {
    text: (run, random, owner) => `${slugWords(run, random, owner)}.example.org`,
    formats: ['hostname', 'idn-hostname'],
  },
  port: {
    text: (_, random) => String(random.pick([443, 8080, 8443, 5432, 6379])),
    number: range(1024, 49_151),
  },
  url: { text: url, formats: webUrl },
  pageLink: { text: url, formats: webUrl, number: range(1, 5) },
  image: { text: (_, random) => `https://images.example.com/${hex(random, 12)}.png`, formats: webUrl },
  userAgent: { text: browserAgent },
  protocol: { text: pick(words.protocol) },
  method: { text: pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) },
  statusCode: { text: pick(['200', '201', '204', '400', '404']), number: range(200, 599) },
  token: { text: (_, random) => hex(random, 40) },
  secret: { text: from((faker) => faker.string.alphanumeric(24)) },
  hash: { text: (_, random) => hex(random, 40) },
  base64: { text: (_, random) => btoa(hex(random, 24)), formats: ['byte'] },
  cron: { text: (_, random) => `${random.integer(0, 59)} ${random.integer(0, 23)} * * *` },
};

/** Files and paths. */
export const files: Readonly<Record<string, NameKind>> = {
  fileName: {
    text: (run, random, owner) =>
      `${slugWords(run, random, owner)}.${random.pick(['pdf', 'csv', 'png', 'txt'])}`,
  },
  path: {
    text: (run, random, owner) => `/srv/data/${slugWords(run, random, owner)}.csv`,
    formats: ['uri-reference', 'json-pointer'],
  },
  directory: { text: (run, random, owner) => `/srv/${slugWords(run, random, owner)}` },
  pathname: { text: (run, random, owner) => `/${slugWords(run, random, owner)}`, formats: ['uri-reference'] },
  extension: { text: pick(['pdf', 'csv', 'png', 'txt', 'json']) },
  mimeType: { text: pick(['application/json', 'application/pdf', 'image/png', 'text/csv', 'text/plain']) },
};
