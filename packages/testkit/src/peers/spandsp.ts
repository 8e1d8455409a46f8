import { createRequire } from 'node:module'
import type koffiModule from 'koffi'
import { debianPackages, findProgram } from '../program.ts'

type Pointer = unknown
type Foreign = (...values: unknown[]) => unknown

interface Spandsp {
  readonly koffi: typeof koffiModule
  readonly call: (name: string) => Foreign
  readonly tiff: (name: string) => Foreign
  readonly phaseE: ReturnType<typeof koffiModule.proto>
  readonly sendIfp: ReturnType<typeof koffiModule.proto>
}

let loaded: Spandsp | undefined

/** The library of fax modems, T.30 and T.38 that Debian has; in this process, as it comes without a program. */
function load(): Spandsp {
  if (loaded) return loaded
  const name = 'libspandsp.so.2'
  const path = findProgram(name)
  if (!path) throw new Error(`${name} is not installed: apt-get install ${debianPackages[name]}`)
  const koffi = createRequire(import.meta.url)('koffi') as typeof koffiModule
  const library = koffi.load(path)
  const images = koffi.load('libtiff.so.6')
  const phaseE = koffi.proto('void phase_e(void *t30, void *user, int result)')
  const sendIfp = koffi.proto('int send_ifp(void *core, void *user, void *bytes, int length, int count)')
  const declared: Readonly<Record<string, string>> = {
    fax_init: 'void *fax_init(void *state, int isCaller)',
    fax_get_t30_state: 'void *fax_get_t30_state(void *state)',
    fax_rx: 'int fax_rx(void *state, int16_t *samples, int count)',
    fax_tx: 'int fax_tx(void *state, _Out_ int16_t *samples, int count)',
    fax_set_transmit_on_idle: 'void fax_set_transmit_on_idle(void *state, int isOn)',
    fax_free: 'int fax_free(void *state)',
    t38_terminal_init: 'void *t38_terminal_init(void *state, int isCaller, send_ifp *send, void *user)',
    t38_terminal_get_t30_state: 'void *t38_terminal_get_t30_state(void *state)',
    t38_terminal_get_t38_core_state: 'void *t38_terminal_get_t38_core_state(void *state)',
    t38_terminal_send_timeout: 'int t38_terminal_send_timeout(void *state, int samples)',
    t38_terminal_free: 'int t38_terminal_free(void *state)',
    t38_core_rx_ifp_packet: 'int t38_core_rx_ifp_packet(void *core, uint8_t *bytes, int length, uint16_t sequence)',
    t30_set_tx_file: 'void t30_set_tx_file(void *t30, const char *file, int from, int to)',
    t30_set_rx_file: 'void t30_set_rx_file(void *t30, const char *file, int to)',
    t30_set_tx_ident: 'int t30_set_tx_ident(void *t30, const char *ident)',
    t30_get_rx_ident: 'const char *t30_get_rx_ident(void *t30)',
    t30_set_ecm_capability: 'int t30_set_ecm_capability(void *t30, int isOn)',
    t30_set_phase_e_handler: 'void t30_set_phase_e_handler(void *t30, phase_e *handler, void *user)',
    t30_completion_code_to_str: 'const char *t30_completion_code_to_str(int code)',
  }
  const ofImages: Readonly<Record<string, string>> = {
    TIFFOpen: 'void *TIFFOpen(const char *file, const char *mode)',
    TIFFReadScanline: 'int TIFFReadScanline(void *image, _Out_ uint8_t *line, uint32_t row, uint16_t sample)',
    TIFFScanlineSize: 'int64_t TIFFScanlineSize(void *image)',
    TIFFClose: 'void TIFFClose(void *image)',
    TIFFSetErrorHandler: 'void *TIFFSetErrorHandler(void *handler)',
  }
  const known = new Map<string, Foreign>()
  const finder = (from: typeof library, table: Readonly<Record<string, string>>) => (wanted: string) => {
    const found = known.get(wanted) ?? (from.func(table[wanted]!) as unknown as Foreign)
    known.set(wanted, found)
    return found
  }
  loaded = { koffi, call: finder(library, declared), tiff: finder(images, ofImages), phaseE, sendIfp }
  return loaded
}

export interface FaxJob {
  readonly isCaller: boolean
  readonly ident: string
  /** TIFF that is sent. */
  readonly send?: string
  /** TIFF that is written. */
  readonly receive?: string
}

/** A fax machine of spandsp: as sound, or as T.38. `ended` resolves with spandsp's own word for how it went: `OK`. */
abstract class FaxEngine {
  readonly ended: Promise<string>
  protected readonly state: Pointer
  #t30: Pointer

  protected constructor(state: Pointer, t30: Pointer, { ident, send, receive }: FaxJob) {
    const { call, koffi, phaseE } = load()
    this.state = state
    this.#t30 = t30
    call('t30_set_tx_ident')(t30, ident)
    call('t30_set_ecm_capability')(t30, 1)
    if (send !== undefined) call('t30_set_tx_file')(t30, send, -1, -1)
    if (receive !== undefined) call('t30_set_rx_file')(t30, receive, -1)
    this.ended = new Promise((resolve) => {
      const handler = koffi.register(
        (_t30: Pointer, _user: Pointer, result: number) => resolve(String(call('t30_completion_code_to_str')(result))),
        koffi.pointer(phaseE),
      )
      call('t30_set_phase_e_handler')(t30, handler, null)
    })
  }

  /** What the other machine calls itself. */
  get peerIdent(): string {
    return String(load().call('t30_get_rx_ident')(this.#t30))
  }
}

/** A fax machine on a telephone line: 8000 samples a second in each direction. */
export class SoundFax extends FaxEngine {
  constructor(job: FaxJob) {
    const { call } = load()
    const state = call('fax_init')(null, job.isCaller ? 1 : 0)
    super(state, call('fax_get_t30_state')(state), job)
    call('fax_set_transmit_on_idle')(state, 1)
  }

  hear(samples: Int16Array): void {
    load().call('fax_rx')(this.state, samples, samples.length)
  }

  say(count: number): Int16Array {
    const samples = new Int16Array(count)
    load().call('fax_tx')(this.state, samples, count)
    return samples
  }
}

/** A fax machine that speaks T.38; its packets (IFP) go out by `send`, which numbers and frames them, each so many times. */
export class DataFax extends FaxEngine {
  readonly #core: Pointer

  constructor(job: FaxJob, send: (ifp: Buffer, times: number) => void) {
    const { call, koffi, sendIfp } = load()
    const handler = koffi.register((_core: Pointer, _user: Pointer, bytes: Pointer, length: number, count: number) => {
      const ifp = Buffer.from(koffi.decode(bytes, koffi.array('uint8_t', length)) as Uint8Array)
      send(ifp, Math.max(1, count))
      return 0
    }, koffi.pointer(sendIfp))
    const state = call('t38_terminal_init')(null, job.isCaller ? 1 : 0, handler, null)
    super(state, call('t38_terminal_get_t30_state')(state), job)
    this.#core = call('t38_terminal_get_t38_core_state')(state)
  }

  take(ifp: Uint8Array, sequence: number): void {
    load().call('t38_core_rx_ifp_packet')(this.#core, ifp, ifp.length, sequence)
  }

  /** Time goes on by so many samples of 1/8000 s. */
  pass(samples: number): void {
    load().call('t38_terminal_send_timeout')(this.state, samples)
  }
}

/** The lines of the first page of a fax, each with its pixels as bits, as libtiff reads them. */
export function readFaxPage(file: string): Buffer[] {
  const { tiff } = load()
  // The line behind the last one is an error to it; that is how the end is known.
  tiff('TIFFSetErrorHandler')(null)
  const image = tiff('TIFFOpen')(file, 'r')
  if (image === null) throw new Error(`${file} is no TIFF`)
  const bytes = Number(tiff('TIFFScanlineSize')(image))
  const lines: Buffer[] = []
  for (;;) {
    const line = new Uint8Array(bytes)
    if (Number(tiff('TIFFReadScanline')(image, line, lines.length, 0)) !== 1) break
    lines.push(Buffer.from(line))
  }
  tiff('TIFFClose')(image)
  return lines
}
