import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Program, temporaryFolder } from '@vaxel/testkit'

export const carrierDomain = 'carrier.test'

/**
 * Kamailio as a carrier: a registrar with digest, a proxy that challenges calls of its customers, sends them to the telephone network, and
 * calls from there to the contact that the account has registered.
 */
export class KamailioCarrier {
  readonly port: number
  readonly program: Program

  private constructor(port: number, program: Program) {
    this.port = port
    this.program = program
  }

  /** @param networkPort where the telephone network is; `accounts` by name have the password `geheim-NAME` */
  static async start(port: number, networkPort: number, account: string): Promise<KamailioCarrier> {
    const folder = temporaryFolder('kamailio')
    const file = join(folder, 'kamailio.cfg')
    writeFileSync(file, configuration(port, networkPort, account))
    const program = Program.start(
      'kamailio',
      ['-DD', '-E', '-f', file, '-m', '32', '-M', '8', '-w', folder, '-Y', folder],
      {
        cwd: folder,
      },
    )
    try {
      await program.waitForOutput(/ready to serve/)
    } catch (error) {
      await program.stop('SIGKILL')
      throw error
    }
    return new KamailioCarrier(port, program)
  }

  /** As a machine dies: all of its processes at once, without a word. */
  async kill(): Promise<void> {
    const { pid } = this.program
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
    for (const id of [pid, ...children.map(Number)]) process.kill(id, 'SIGKILL')
    await this.program.ended
  }

  async stop(): Promise<void> {
    await this.program.stop('SIGTERM')
  }
}

function configuration(port: number, networkPort: number, account: string): string {
  return `debug=0
log_stderror=yes
children=1
auto_aliases=no
listen=udp:127.0.0.1:${port}
alias="${carrierDomain}"
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
modparam("registrar", "min_expires", 120)
modparam("registrar", "max_expires", 120)
event_route[core:worker-one-init] { xlog("L_ALERT", "ready to serve\\n"); }
route[KNOWN] {
  $var(password) = "geheim-" + $au;
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("${carrierDomain}", "$var(password)", "0")) { www_challenge("${carrierDomain}", "1"); exit; }
  } else {
    if (!pv_proxy_authenticate("${carrierDomain}", "$var(password)", "0")) { proxy_challenge("${carrierDomain}", "1"); exit; }
  }
  consume_credentials();
}
request_route {
  if (is_method("OPTIONS") && !has_totag()) { sl_send_reply("200", "Here"); exit; }
  if (is_method("REGISTER")) {
    route(KNOWN);
    save("location");
    xlog("L_ALERT", "registered $fU at $ct expires $hdr(Expires)\\n");
    exit;
  }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (has_totag()) {
    loose_route();
    if (is_method("ACK") && !t_check_trans()) { t_relay(); exit; }
    t_relay();
    exit;
  }
  if (is_method("INVITE")) record_route();
  if ($sp == ${networkPort}) {
    $ru = "sip:${account}@${carrierDomain}";
    if (!lookup("location")) { sl_send_reply("480", "Not registered"); exit; }
    t_relay();
    exit;
  }
  route(KNOWN);
  $du = "sip:127.0.0.1:${networkPort}";
  t_relay();
}
`
}
