import { ApiClient } from './api-client.ts'
import { allCommands } from './commands/all-commands.ts'
import { exitCodes, Failure } from './failure.ts'
import { helpOf, helpOfAll } from './help.ts'
import { loginFilePath, readLogins } from './login-file.ts'
import type { Output } from './output.ts'
import { parseCommandLine } from './parse-command-line.ts'

/** Runs one command line. Never throws; returns the exit code. */
export async function runCommandLine(
  argv: readonly string[],
  { out, environment, signal }: { out: Output; environment: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<number> {
  try {
    const parsed = parseCommandLine(allCommands, argv)
    if (parsed.kind === 'help') {
      out.line(parsed.command ? helpOf(parsed.command) : helpOfAll(allCommands, parsed.group))
      return exitCodes.done
    }
    const { command, typed } = parsed
    const { url: typedUrl, company, json } = typed.options
    const url = (typeof typedUrl === 'string' ? typedUrl : environment.VAXEL_URL) || 'http://127.0.0.1:8080'
    if (!URL.canParse(url)) throw new Failure(`"${url}" is not an address like http://127.0.0.1:8080.`, exitCodes.usage)
    const address = url.replace(/\/+$/, '')
    const token = environment.VAXEL_TOKEN || (await readLogins(loginFilePath(environment)))[address]?.token
    const api = new ApiClient({ url: address, token, companyId: typeof company === 'string' ? company : undefined })
    await command.run(typed, { api, out, json: json === true, environment, signal })
    return exitCodes.done
  } catch (error) {
    if (error instanceof Failure) {
      if (error.message !== '') out.note(error.message)
      return error.exitCode
    }
    out.note(`vaxel made a mistake: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return exitCodes.failed
  }
}
