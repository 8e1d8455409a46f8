import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Certificates as openssl makes them, by an authority of the test. */
export class TestAuthority {
  readonly folder: string
  readonly root: string

  constructor(folder: string) {
    this.folder = folder
    this.root = join(folder, 'root.pem')
    this.#key('root')
    this.#openssl(
      'req',
      '-x509',
      '-new',
      '-key',
      'root.key',
      '-subj',
      '/CN=Test root',
      '-days',
      '3650',
      '-out',
      'root.pem',
    )
    this.#key('between')
    this.#issue('between', 'root', '/CN=Test intermediate', 'basicConstraints=critical,CA:TRUE', '-days', '1000')
  }

  /** A chain file and its key. @param extensions lines of openssl's configuration */
  make(
    name: string,
    {
      subject = `/CN=${name}`,
      extensions,
      days = ['-days', '300'],
      by = 'between',
      sendsChain = true,
      bits = 2048,
    }: {
      readonly subject?: string
      readonly extensions: readonly string[]
      readonly days?: readonly string[]
      readonly by?: 'root' | 'between'
      readonly sendsChain?: boolean
      readonly bits?: number
    },
  ): { readonly chain: string; readonly key: string } {
    this.#key(name, bits)
    this.#issue(name, by, subject, extensions.join('\n'), ...days)
    const chain = join(this.folder, `${name}.chain.pem`)
    const own = readFileSync(join(this.folder, `${name}.pem`), 'utf8')
    const between = sendsChain && by === 'between' ? readFileSync(join(this.folder, 'between.pem'), 'utf8') : ''
    writeFileSync(chain, own + between)
    return { chain, key: join(this.folder, `${name}.key`) }
  }

  #key(name: string, bits = 2048): void {
    const how = bits === 2048 ? ['ecparam', '-name', 'prime256v1', '-genkey', '-noout'] : ['genrsa']
    this.#openssl(...how, '-out', `${name}.key`, ...(bits === 2048 ? [] : [String(bits)]))
  }

  #issue(name: string, by: string, subject: string, extensions: string, ...days: readonly string[]): void {
    writeFileSync(join(this.folder, `${name}.ext`), `${extensions}\n`)
    this.#openssl('req', '-new', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`)
    this.#openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      `${by}.pem`,
      '-CAkey',
      `${by}.key`,
      '-CAcreateserial',
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.pem`,
      ...days,
    )
  }

  #openssl(...args: readonly string[]): void {
    const ran = spawnSync('openssl', args, { cwd: this.folder, encoding: 'utf8' })
    if (ran.status !== 0) throw new Error(`openssl ${args.join(' ')}: ${ran.stderr}`)
  }
}
