import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FreePorts, Program, temporaryFolder } from '@vaxel/testkit'

/** Twinkle, a telephone of its own making (neither re, sofia-sip, pjsip nor belle-sip), without sound, commanded by its prompt. */
export class Twinkle {
  readonly #program: Program

  private constructor(program: Program) {
    this.#program = program
  }

  static async start(user: string, registrar: string): Promise<Twinkle> {
    const home = temporaryFolder(`twinkle-${user}`)
    const free = await FreePorts.claim()
    const [sipPort, [rtpPort]] = [await free.port(), await free.range(8)]
    const folder = join(home, '.twinkle')
    mkdirSync(folder)
    const silent = 'type null'
    writeFileSync(join(home, '.asoundrc'), `pcm.!default { ${silent} }\nctl.!default { ${silent} }\n`)
    const write = (name: string, settings: Readonly<Record<string, string>>) =>
      writeFileSync(
        join(folder, name),
        Object.entries(settings)
          .map(([key, value]) => `${key}=${value}\n`)
          .join(''),
      )
    write('user.cfg', {
      user_name: user,
      user_domain: registrar,
      auth_name: user,
      auth_pass: `sip-${user}`,
      register_at_startup: 'yes',
      registration_time: '600',
      codecs: 'g711a,g711u',
      sip_transport: 'udp',
    })
    write('twinkle.sys', {
      dev_ringtone: 'alsa:null',
      dev_speaker: 'alsa:null',
      dev_mic: 'alsa:null',
      sip_port: String(sipPort),
      rtp_port: String(rtpPort),
      start_user_profile: 'user',
      start_user_host: '127.0.0.1',
    })
    const program = Program.start('twinkle-console', ['user.cfg'], { cwd: home, env: { HOME: home } })
    try {
      await program.waitForOutput(/registration succeeded/)
    } catch (error) {
      await program.stop('SIGKILL')
      throw error
    } finally {
      free.release()
    }
    return new Twinkle(program)
  }

  /** Types a command and waits until it has said so. */
  async say(command: string, until: RegExp): Promise<void> {
    const from = this.#program.output.length
    this.#program.write(`${command}\n`)
    await this.#program.waitForOutput(until, undefined, from)
  }

  async stop(): Promise<void> {
    // It asks whether it may go while it has a call.
    await this.#program.stop('SIGKILL')
  }
}
