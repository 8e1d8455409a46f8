import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { eventually, findProgram, Program } from '@vaxel/testkit'

export const base = 'dc=acme,dc=test'
export const people = `ou=people,${base}`
export const reader = { dn: `cn=reader,${base}`, password: 'read only åäö' }
const root = { dn: `cn=root,${base}`, password: 'root of the test' }

/** Debian's OpenLDAP server in a folder of its own: a tree of people that one login may read, by LDAP and LDAPS. */
export class Slapd {
  readonly port: number
  readonly securePort: number
  /** The certificate of the server, for `localhost`. */
  readonly pem: string
  readonly #folder: string
  #program: Program

  private constructor(options: { folder: string; port: number; securePort: number; pem: string; program: Program }) {
    this.#folder = options.folder
    this.port = options.port
    this.securePort = options.securePort
    this.pem = options.pem
    this.#program = options.program
  }

  /** @param ldif the people */
  static async start(options: { folder: string; port: number; securePort: number; ldif: string }): Promise<Slapd> {
    const { folder, port, securePort } = options
    mkdirSync(join(folder, 'tree'))
    const pem = makeCertificate(folder)
    writeFileSync(join(folder, 'slapd.conf'), configurationText(folder))
    writeFileSync(join(folder, 'tree.ldif'), treeText() + options.ldif)
    const added = spawnSync(
      findProgram('slapadd') ?? 'slapadd',
      ['-q', '-f', join(folder, 'slapd.conf'), '-l', join(folder, 'tree.ldif')],
      { encoding: 'utf8', timeout: 60_000 },
    )
    if (added.status !== 0) throw new Error(`slapadd: ${added.stderr || String(added.error)}`)
    const program = await run(folder, port, securePort)
    return new Slapd({ folder, port, securePort, pem, program })
  }

  /** Changes the tree by ldapmodify. */
  modify(ldif: string): void {
    const { status, stderr } = spawnSync(
      'ldapmodify',
      ['-x', '-H', `ldap://127.0.0.1:${this.port}`, '-D', root.dn, '-w', root.password],
      { encoding: 'utf8', input: ldif, timeout: 30_000 },
    )
    if (status !== 0) throw new Error(`ldapmodify: ${stderr}`)
  }

  async stop(): Promise<void> {
    await this.#program.stop()
  }

  async startAgain(): Promise<void> {
    this.#program = await run(this.#folder, this.port, this.securePort)
  }
}

async function run(folder: string, port: number, securePort: number): Promise<Program> {
  const urls = `ldap://127.0.0.1:${port}/ ldaps://127.0.0.1:${securePort}/`
  const program = Program.start('slapd', ['-f', join(folder, 'slapd.conf'), '-h', urls, '-d', '0'])
  for (const one of [port, securePort]) await eventually('slapd listens', () => isOpen(one))
  return program
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

const configurationText = (folder: string): string => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile ${folder}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
sizelimit size.soft=200 size.hard=200 size.pr=500 size.prtotal=unlimited
TLSCertificateFile ${folder}/certificate.pem
TLSCertificateKeyFile ${folder}/key.pem
database mdb
suffix "${base}"
directory ${folder}/tree
maxsize 67108864
dbnosync
rootdn "${root.dn}"
rootpw "${root.password}"
index objectClass,entryUUID eq
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${reader.dn}" read by * none
`

const treeText = (): string => `dn: ${base}
objectClass: dcObject
objectClass: organization
dc: acme
o: Acme

dn: ${reader.dn}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword:: ${Buffer.from(reader.password).toString('base64')}

dn: ${people}
objectClass: organizationalUnit
ou: people

`

function makeCertificate(folder: string): string {
  const certificate = join(folder, 'certificate.pem')
  const { status, stderr } = spawnSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
      ...['-keyout', join(folder, 'key.pem'), '-out', certificate],
    ],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`openssl: ${stderr}`)
  return readFileSync(certificate, 'utf8')
}
