import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ImpairingLink } from './impairing-link.ts'
import type { LineImpairment } from './impairment.ts'
import type { NatKind } from './nat.ts'
import { natRules } from './nat-rules.ts'
import { hasOwnNetwork, runTool } from './own-network.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** Where a program of a home runs, and by which addresses it is reached there. */
export interface Place {
  /** Network namespace. */
  readonly namespace: string
  /** Its address in the home's own network. */
  readonly address: string
  /** Address by which the test commands it; no call goes that way. */
  readonly controlAddress: string
  /** The test's address on that way. */
  readonly testAddress: string
}

export interface HomeOptions {
  readonly kind: NatKind
  /** How long the router keeps a way open without traffic; 30 s, the least that RFC 4787 knows in use, unless said otherwise. */
  readonly bindingSeconds?: number
  /** The router has the kernel's SIP application layer gateway switched on (port 5060, UDP). */
  readonly hasAlg?: boolean
  /** Its address in the internet; one of its own unless said otherwise. */
  readonly publicAddress?: string
  /** The line between router and internet. */
  readonly line?: LineImpairment
}

/** Documentation addresses of RFC 5737: those of the server and of the routers. */
export const serverAddress = '203.0.113.1'
let nextHome = 1

const ip = (...args: string[]): void => void runTool('ip', args)
const inside = (namespace: string, ...command: string[]): string =>
  runTool('ip', ['netns', 'exec', namespace, ...command])

/** Makes this process's own network the internet: the server's address is here, and routers are reached from it. */
export function becomeInternet(): void {
  if (!hasOwnNetwork()) throw new Error('only in a network of its own (runInOwnNetwork)')
  ip('address', 'add', `${serverAddress}/32`, 'dev', 'lo')
}

/** A home: a router that translates addresses, in front of hosts with private ones. Everything is gone with the process. */
export class HomeNetwork {
  readonly router: string
  readonly options: HomeOptions
  #publicAddress: string
  readonly #number: number
  readonly #up: string
  #hosts = 0
  #line: ImpairingLink | undefined

  private constructor(options: HomeOptions) {
    this.#number = nextHome++
    this.options = options
    this.router = `router${this.#number}`
    this.#up = `up${this.#number}`
    this.#publicAddress = options.publicAddress ?? `203.0.113.${10 * this.#number}`
  }

  static async make(options: HomeOptions): Promise<HomeNetwork> {
    const home = new HomeNetwork(options)
    const { router } = home
    const up = home.#up
    ip('netns', 'add', router)
    if (options.line) {
      home.#line = await ImpairingLink.start(up, `${up}far`, options.line)
      ip('link', 'set', `${up}far`, 'netns', router, 'name', 'wan')
    } else ip('link', 'add', up, 'type', 'veth', 'peer', 'name', 'wan', 'netns', router)
    ip('link', 'set', up, 'up')
    for (const name of ['lo', 'wan']) ip('-n', router, 'link', 'set', name, 'up')
    home.#setPublicAddress()
    ip('-n', router, 'link', 'add', 'lan', 'type', 'bridge')
    ip('-n', router, 'address', 'add', '192.168.1.1/24', 'dev', 'lan')
    ip('-n', router, 'link', 'set', 'lan', 'up')
    const seconds = options.bindingSeconds ?? 30
    inside(router, 'sh', '-c', settings({ ip_forward: 1, conf_all_rp_filter: 0 }, seconds))
    const rules = join(temporaryFolder('nat'), 'rules')
    writeFileSync(rules, natRules(options.kind, seconds, options.hasAlg ?? false))
    inside(router, 'nft', '-f', rules)
    return home
  }

  get publicAddress(): string {
    return this.#publicAddress
  }

  /** One more host in this home. */
  addHost(): Place {
    const number = ++this.#hosts
    const namespace = `host${this.#number}x${number}`
    const [address, control] = [`192.168.1.${10 + number}`, `169.254.${this.#number}`]
    const link = `c${this.#number}x${number}`
    ip('netns', 'add', namespace)
    ip('-n', this.router, 'link', 'add', `port${number}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace)
    ip('-n', this.router, 'link', 'set', `port${number}`, 'master', 'lan', 'up')
    for (const name of ['lo', 'eth0']) ip('-n', namespace, 'link', 'set', name, 'up')
    ip('-n', namespace, 'address', 'add', `${address}/24`, 'dev', 'eth0')
    ip('-n', namespace, 'route', 'add', 'default', 'via', '192.168.1.1')
    ip('link', 'add', link, 'type', 'veth', 'peer', 'name', 'control', 'netns', namespace)
    ip('address', 'add', `${control}.${number * 4 + 1}/30`, 'dev', link)
    ip('link', 'set', link, 'up')
    const controlAddress = `${control}.${number * 4 + 2}`
    ip('-n', namespace, 'address', 'add', `${controlAddress}/30`, 'dev', 'control')
    ip('-n', namespace, 'link', 'set', 'control', 'up')
    return { namespace, address, controlAddress, testAddress: `${control}.${number * 4 + 1}` }
  }

  /** The provider gives the router another address: every way through it is a new one from now on. */
  changePublicAddress(): void {
    ip('-n', this.router, 'address', 'del', `${this.#publicAddress}/32`, 'dev', 'wan')
    ip('route', 'del', `${this.#publicAddress}/32`)
    const [head, last] = [this.#publicAddress.slice(0, 10), Number(this.#publicAddress.slice(10))]
    this.#publicAddress = `${head}${last + 1}`
    this.#setPublicAddress()
  }

  /** Nothing passes the line, or it is as before. */
  async close(): Promise<void> {
    await this.#line?.stop()
  }

  #setPublicAddress(): void {
    const address = this.#publicAddress
    ip('-n', this.router, 'address', 'add', `${address}/32`, 'dev', 'wan')
    ip('-n', this.router, 'route', 'replace', `${serverAddress}/32`, 'dev', 'wan', 'scope', 'link')
    ip('-n', this.router, 'route', 'replace', 'default', 'via', serverAddress, 'dev', 'wan')
    ip('route', 'replace', `${address}/32`, 'dev', this.#up, 'src', serverAddress)
  }
}

function settings({ ip_forward, conf_all_rp_filter }: Record<string, number>, seconds: number): string {
  return [
    `echo ${ip_forward} > /proc/sys/net/ipv4/ip_forward`,
    `echo ${conf_all_rp_filter} > /proc/sys/net/ipv4/conf/all/rp_filter`,
    `echo ${seconds} > /proc/sys/net/netfilter/nf_conntrack_udp_timeout`,
    `echo ${seconds} > /proc/sys/net/netfilter/nf_conntrack_udp_timeout_stream`,
  ].join(' && ')
}
