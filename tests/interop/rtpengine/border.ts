import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FreePorts, Program, temporaryFolder } from '@vaxel/testkit'
import { makeMailCertificate } from '../mail-channel/mail-certificate.ts'

/** How the border speaks with us: what its signalling goes over, and what its audio is. */
export interface Inner {
  readonly transport: 'udp' | 'tls'
  /** rtpengine's flag for everything that goes to us: which keys it does not want. */
  readonly keys: 'SDES-off' | 'DTLS=off'
  /** Further ones for its offers. */
  readonly offer: string
}

/**
 * A session border controller as many have one between their telephones and the company's server: Kamailio carries the signalling, Debian's rtpengine
 * (without its kernel module) the audio. Telephones see plain RTP over UDP; what we see is encrypted.
 */
export class Border {
  /** Where telephones register. */
  readonly outer: string
  readonly #kamailio: Program
  readonly #rtpengine: Program
  readonly #free: FreePorts

  private constructor(outer: string, kamailio: Program, rtpengine: Program, free: FreePorts) {
    this.outer = outer
    this.#kamailio = kamailio
    this.#rtpengine = rtpengine
    this.#free = free
  }

  /** @param server our host and port for that transport */
  static async start(server: string, inner: Inner): Promise<Border> {
    const free = await FreePorts.claim()
    const folder = temporaryFolder('border')
    const [control, commands] = [await free.port(), await free.port()]
    const [outer, secure] = [await free.port(), await free.port()]
    const [first, last] = await free.range(100)
    const rtpengine = Program.start('rtpengine', [
      ...['--config-file=none', '--foreground', '--log-stderr', '--log-level=6', '--table=-1', '--interface=127.0.0.1'],
      ...[`--listen-ng=127.0.0.1:${control}`, `--listen-cli=127.0.0.1:${commands}`],
      ...[`--port-min=${first}`, `--port-max=${last}`],
    ])
    try {
      // Kamailio asks it once, and does without it where it is not there yet.
      await rtpengine.waitForOutput(/Startup complete/)
    } catch (error) {
      await rtpengine.stop('SIGKILL')
      free.release()
      throw error
    }
    const { certificate, key } = makeMailCertificate(folder)
    const file = join(folder, 'kamailio.cfg')
    writeFileSync(file, configuration({ server, inner, control, outer, secure, certificate, key }))
    const options = ['-DD', '-E', '-f', file, '-m', '32', '-M', '8', '-w', folder, '-Y', folder]
    const kamailio = Program.start('kamailio', options, { cwd: folder })
    const border = new Border(`127.0.0.1:${outer}`, kamailio, rtpengine, free)
    try {
      await kamailio.waitForOutput(/ready to serve/)
    } catch (error) {
      await border.stop()
      throw error
    }
    return border
  }

  async stop(): Promise<void> {
    await this.#kamailio.stop('SIGTERM')
    await this.#rtpengine.stop('SIGTERM')
    this.#free.release()
  }
}

function configuration(at: {
  server: string
  inner: Inner
  control: number
  outer: number
  secure: number
  certificate: string
  key: string
}): string {
  const { server, inner, control, outer, secure } = at
  const [, serverPort] = server.split(':')
  return `debug=1
log_stderror=yes
children=1
tcp_children=1
auto_aliases=no
listen=udp:127.0.0.1:${outer}
listen=tls:127.0.0.1:${secure}
enable_tls=yes
loadmodule "tls.so"
loadmodule "tm.so"
loadmodule "rr.so"
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "siputils.so"
loadmodule "xlog.so"
loadmodule "textops.so"
loadmodule "path.so"
loadmodule "rtpengine.so"
modparam("tls", "tls_method", "TLSv1.2+")
modparam("tls", "certificate", "${at.certificate}")
modparam("tls", "private_key", "${at.key}")
modparam("path", "enable_r2", 1)
modparam("rtpengine", "rtpengine_sock", "udp:127.0.0.1:${control}")
event_route[core:worker-one-init] { xlog("L_ALERT", "ready to serve\\n"); }
route[TO_US] { rtpengine_manage("replace-origin ${inner.keys} ${inner.offer}"); }
route[TO_TELEPHONE] { rtpengine_manage("replace-origin ICE=remove RTP/AVP rtcp-mux-demux"); }
onreply_route[AUDIO] {
  if (!has_body("application/sdp")) return;
  if ($sp == ${serverPort}) rtpengine_manage("replace-origin"); else rtpengine_manage("replace-origin ${inner.keys}");
}
route[RELAY] {
  if (is_method("BYE|CANCEL")) rtpengine_delete();
  else if (has_body("application/sdp")) {
    if ($sp == ${serverPort}) { route(TO_TELEPHONE); } else { route(TO_US); }
  }
  t_on_reply("AUDIO");
  t_relay();
}
request_route {
  if (is_method("CANCEL")) { if (t_check_trans()) route(RELAY); exit; }
  if (has_totag()) {
    if (!loose_route()) { if (is_method("ACK") && t_check_trans()) t_relay(); exit; }
    route(RELAY);
    exit;
  }
  if ($sp == ${serverPort}) {
    loose_route();
    record_route();
    route(RELAY);
    exit;
  }
  if (is_method("REGISTER")) {
    append_hf("Supported: path\\r\\n");
    add_path();
  } else record_route();
  $du = "sip:${server};transport=${inner.transport}";
  route(RELAY);
}
`
}
