import { type ApiClient, FakeTime, type Platform, startPlatform } from '@vaxel/testkit'

const day = 86_400

/** A server whose wall clock goes on by days while it is off (libfaketime). */
export class PlatformInTime {
  readonly #time: FakeTime
  #platform: Platform

  private constructor(time: FakeTime, platform: Platform) {
    this.#time = time
    this.#platform = platform
  }

  static async start(): Promise<PlatformInTime> {
    const time = new FakeTime()
    return new PlatformInTime(time, await startPlatform({ environment: time.environment }))
  }

  get now(): Platform {
    return this.#platform
  }

  /** Logins end by that, which a new one mends. */
  async offFor(days: number): Promise<void> {
    const { data, ports } = this.#platform
    await this.#platform.stop()
    this.#time.jump(days * day)
    this.#platform = await startPlatform({ data, ports, environment: this.#time.environment })
  }

  login(): Promise<ApiClient> {
    return this.#platform.login()
  }

  async changeCompany(change: object): Promise<void> {
    const api = await this.login()
    const { company } = await api.get<{ company: { id: string } }>('/api/v1/me')
    await api.patch(`/api/v1/companies/${company.id}`, change)
  }

  async stop(): Promise<void> {
    await this.#platform.stop()
  }
}
