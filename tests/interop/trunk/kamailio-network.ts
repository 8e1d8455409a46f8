import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Program, temporaryFolder } from '@vaxel/testkit'

/** Kamailio as the proxy of a telephone network: it reads the location in emergency calls, as it would to find the centre, and passes them on there. */
export class KamailioNetwork {
  readonly port: number
  readonly program: Program
  #read = 0

  private constructor(port: number, program: Program) {
    this.port = port
    this.program = program
  }

  static async start(port: number, centrePort: number): Promise<KamailioNetwork> {
    const folder = temporaryFolder('kamailio')
    const file = join(folder, 'kamailio.cfg')
    writeFileSync(file, configuration(port, centrePort))
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
    return new KamailioNetwork(port, program)
  }

  /** What the next INVITE brought: how its body is made up, and the location document in it, empty where it has none. */
  async nextInvite(): Promise<{ type: string; location: string }> {
    const found = await this.program.waitForOutput(/invite type=\[(.*)\] location=\[(.*)\]/, undefined, this.#read)
    this.#read += found.index + found[0].length
    const [, type, location] = found
    return { type: type!, location: Buffer.from(location!, 'base64').toString() }
  }

  async stop(): Promise<void> {
    await this.program.stop('SIGTERM')
  }
}

function configuration(port: number, centrePort: number): string {
  return `debug=0
log_stderror=yes
children=1
tcp_children=1
auto_aliases=no
listen=udp:127.0.0.1:${port}
listen=tcp:127.0.0.1:${port}
loadmodule "tm.so"
loadmodule "rr.so"
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "siputils.so"
loadmodule "xlog.so"
loadmodule "textops.so"
event_route[core:worker-one-init] { xlog("L_ALERT", "ready to serve\\n"); }
request_route {
  if (is_method("OPTIONS") && !has_totag()) { sl_send_reply("200", "Here"); exit; }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (has_totag()) {
    loose_route();
    if (is_method("ACK") && !t_check_trans()) { t_relay(); exit; }
    t_relay();
    exit;
  }
  if (is_method("INVITE")) {
    record_route();
    $var(location) = "";
    if ($hdr(Geolocation) =~ "^<cid:" && !get_body_part("application/pidf+xml", "$var(location)")) {
      sl_send_reply("424", "Bad Location Information");
      exit;
    }
    xlog("L_ALERT", "invite type=[$cT] location=[$(var(location){s.encode.base64})]\\n");
  }
  $du = "sip:127.0.0.1:${centrePort}";
  t_relay();
}
`
}
