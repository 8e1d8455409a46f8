import type { Api, ReplyOf } from '../../api/api.ts'
import type { BrowserPasskeys } from '../../session/passkeys.ts'

/** Has the browser make a passkey and the server keep it. @param name what its owner will know it by */
export async function makePasskey(
  api: Api,
  loadPasskeys: () => Promise<BrowserPasskeys>,
  name: string,
): Promise<ReplyOf<'addPasskey'>> {
  const { ticket, options } = await api.call('startPasskey')
  const passkey = await (await loadPasskeys()).make(options)
  return api.call('addPasskey', { body: { ticket, passkey, name } })
}
