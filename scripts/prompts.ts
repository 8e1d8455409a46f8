// Makes the sound of every sentence that is missing: npm run prompts
import { silentLogger, systemClock } from '@vaxel/base'
import { PromptShelf } from '@vaxel/media'

const shelf = new PromptShelf({
  clock: systemClock,
  log: {
    ...silentLogger,
    error: (message, fields) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
    with: () => silentLogger,
  },
  ownFolder: process.env['VAXEL_DATA'] ? `${process.env['VAXEL_DATA']}/prompts` : 'data/prompts',
})
const missing = await shelf.fill()
await shelf.close()
process.stdout.write(missing === 0 ? 'All sentences can be said.\n' : `${missing} sentences could not be made.\n`)
process.exit(missing === 0 ? 0 : 1)
