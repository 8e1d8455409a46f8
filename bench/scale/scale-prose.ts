import { firstBottleneck, type Installation } from './installation.ts'

/** The words of docs/scale.md; its numbers are computed beside them. */
export const prose = {
  head: `# How far it goes

What one core carries, and what follows from it for 8,000, 100,000 and 10 million users. The figures in the first table are
measured; every other number on this page is reckoned from them, in lines that can be followed, by
[bench/scale](../bench/scale/render-scale.ts). A test fails where the page and the arithmetic differ.
`,
  measured: `By \`npm run bench\`, each on one core of the machine named here, server and load on a core each;
\`node bench/write-scale.ts\` takes the last run over into this table and reckons the page anew. Ratios to Kamailio and rtpengine of the
same run carry over to other machines, absolute figures do not, nor
to the same one on another day: a virtual machine like this has days on which everything, the peers too, takes nearly twice as long.
`,
  assumed: `Change these where your people telephone otherwise: everything below is proportional to them.
`,
  small: (
    of: Installation,
  ) => `One machine of that size is enough${of.nodes > 2 ? ' only with more nodes than two' : '; the second is the spare'}. What fills first is
${words(of)}. ${lift(of)}
The port range for phones without ICE, 49152 to 65535, has room for 4,096 calls of two legs: enough here, and \`VAXEL_MEDIA_PORTS\` widens it.
The SIP trace keeps its last 2,000,000 messages: once it has them, the database grows more slowly than its line says.
`,
  medium: (
    of: Installation,
  ) => `More than one node, which is not built yet: \`VAXEL_NATS_URL\` is refused. Until then 100,000 users are several
installations with whole companies on each, as companies share nothing. What fills first is ${words(of)}. ${lift(of)}
Engines that exist and lift it: Kamailio at the edge keeps the phones' connections and sends each company to its node (one core of it
proxies more calls than all nodes together set up, see the table); rtpengine on machines of its own takes the audio, in the kernel
where the module is installed; PostgreSQL instead of the embedded database, so that any node reads all; NATS JetStream for
who is registered where. The embedded database is no limit before that: one call is a few rows in one shared commit.
`,
  large: (
    of: Installation,
  ) => `Cells: each a group of nodes like the one for 100,000 users with a database of its own, and companies shared out among them, so that
no part is ever larger than what was measured. A hundred such cells; a Kamailio layer in front knows only which company is in which cell.
What fills first in a cell is ${words(of)}. What does not divide is the number plan (which cell has +46 8 …): a table of ten million rows that changes
seldom, which Kamailio keeps in memory (a hash of some hundred bytes a number), and reports over all companies, which
read from replicas. PostgreSQL takes the writes of one cell with room to spare; those of all would be the first to break, hence cells.
Nothing of this size was run by us: it is arithmetic.
`,
  card: `
## Reading the card of vaxel bench

\`npx vaxel bench\` measures the machine that it runs on, in about two minutes (\`--seconds\`), with a server and data of its own on
loopback. \`--folder\` puts the data on the disk that the real server uses; \`--json\` prints the same for programs.

- Each line is one kind of load, raised step by step until something breaks. The first number is the highest step that was clean:
  nothing failed, no answer took 500 ms, at most one packet in a thousand was lost and one in a hundred came 40 ms late. A step
  that breaks is tried once more, as something else may have disturbed it.
- Then the step that broke and why. "The load was the limit" or "the time was up" means that the machine carries more than was found.
- The second line says what limits first. A thread near 100 % of one processor is the limit: \`main\` is signalling,
  \`vaxel-media\` audio (more processors help, see \`VAXEL_MEDIA_WORKERS\`), \`vaxel-store\` the disk. If none is near it, look for a warning
  below: other programs had the processors.
- The proposed limit is 20 % below the worst of the calls with audio. It goes into \`maxCalls\` of the configuration file, or \`VAXEL_MAX_CALLS\`;
  beyond it new calls get 503 and emergency calls still pass. \`npx vaxel bench --apply --data FOLDER\` writes it there for the next start, unless
  something disturbed the measurement. Measure again after changing the machine.
- What is not measured is said at the end. The network to the phones is the most important part of it.
`,
} as const

const words = (of: Installation): string =>
  ({
    media: 'the media threads (SRTP)',
    signalling: 'the one thread that does signalling',
    memory: 'memory',
  })[firstBottleneck(of)]

const lift = (of: Installation): string =>
  ({
    media:
      'More cores lift it; then rtpengine on machines that do audio only, for which the media port is made and `VAXEL_RTPENGINE` is kept, though refused yet.',
    signalling: 'A second node lifts it, with Kamailio in front of both.',
    memory: 'More memory lifts it, or a second node.',
  })[firstBottleneck(of)]
