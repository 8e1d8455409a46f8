import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FreePorts, Program, temporaryFolder } from '@vaxel/testkit'
import type { Load } from './load.ts'
import { loadDomain } from './population.ts'
import { pinned, serverProcessor } from './pinned.ts'

/** Debian's default, and the one that does not look for faults in its own lists. */
export type Allocator = 'default' | 'fm'

export interface KamailioServer {
  readonly pid: number
  open(load: Load): Promise<void>
  stop(): Promise<void>
}

/**
 * Kamailio on one processor: a registrar with digest whose bindings are in memory alone, and a proxy that records its route
 * and sends every call to the load. Less work than a back-to-back user agent with a ledger.
 */
export async function startKamailio(allocator: Allocator): Promise<KamailioServer> {
  const folder = temporaryFolder('kamailio')
  const ports = await FreePorts.claim()
  const [port, phonePort, trunkPort] = [await ports.port(), await ports.port(), await ports.port()]
  const file = join(folder, 'kamailio.cfg')
  writeFileSync(file, configuration(port, phonePort))
  const more = allocator === 'fm' ? ['-x', 'fm', '-X', 'fm'] : []
  const line = pinned(
    serverProcessor,
    'kamailio',
    ...['-DD', '-E', '-f', file, '-m', '512', '-M', '64', '-w', folder, '-Y', folder, ...more],
  )
  const program = Program.start(line[0]!, line.slice(1), { cwd: folder })
  try {
    await program.waitForOutput(/ready to serve/, 10_000)
  } catch (error) {
    await program.stop('SIGKILL')
    ports.release()
    throw new Error(`Kamailio did not start: ${error instanceof Error ? error.message : String(error)}`)
  }
  return {
    pid: program.pid,
    open: async (load) => {
      const order = { serverPort: port, serverPid: program.pid, domain: loadDomain, phonePort, trunkPort }
      await load.ask('open', { ...order, transport: 'UDP' })
    },
    stop: async () => {
      await program.stop('SIGTERM')
      ports.release()
    },
  }
}

function configuration(port: number, phonePort: number): string {
  return `debug=0
log_stderror=yes
children=1
auto_aliases=no
listen=udp:127.0.0.1:${port}
alias="${loadDomain}"
disable_tcp=yes
loadmodule "tm.so"
loadmodule "rr.so"
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "siputils.so"
loadmodule "xlog.so"
loadmodule "textops.so"
loadmodule "auth.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
modparam("usrloc", "db_mode", 0)
modparam("usrloc", "hash_size", 14)
modparam("registrar", "default_expires", 3600)
modparam("registrar", "max_expires", 3600)
event_route[core:worker-one-init] { xlog("L_ALERT", "ready to serve\n"); }
request_route {
  if (is_method("REGISTER")) {
    $var(password) = "sip-" + $au;
    if (!pv_www_authenticate("$fd", "$var(password)", "0")) {
      www_challenge("$fd", "1");
      exit;
    }
    consume_credentials();
    save("location");
    exit;
  }
  if (is_method("INVITE")) record_route();
  if (has_totag()) {
    loose_route();
    if (is_method("ACK") && !t_check_trans()) { t_relay(); exit; }
    t_relay();
    exit;
  }
  $du = "sip:127.0.0.1:${phonePort}";
  t_relay();
}
`
}
