import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** Logins by the address of their server. */
type Logins = Record<string, { readonly login: string; readonly token: string }>

/** Where logins are kept: `vaxel/logins.json` in the configuration folder of the user, readable by them alone. */
export function loginFilePath(environment: NodeJS.ProcessEnv): string {
  const configuration = environment.XDG_CONFIG_HOME || join(environment.HOME || homedir(), '.config')
  return join(configuration, 'vaxel', 'logins.json')
}

export async function readLogins(file: string): Promise<Logins> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Logins
  } catch {
    return {}
  }
}

/** `undefined` forgets the login at that server. */
export async function writeLogin(
  file: string,
  url: string,
  login: { login: string; token: string } | undefined,
): Promise<void> {
  const { [url]: _, ...others } = await readLogins(file)
  const logins: Logins = login ? { ...others, [url]: login } : others
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const next = `${file}.${process.pid}`
  {
    await using made = await open(next, 'w', 0o600)
    await made.writeFile(`${JSON.stringify(logins, undefined, 2)}\n`)
  }
  await rename(next, file)
}
