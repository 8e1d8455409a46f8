import { Quiet } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import type { ExternalDirectory } from './directory-form.ts'
import { directorySentences } from './directory-sentences.ts'

type Left = NonNullable<ExternalDirectory['health']['leftOut']>

/** Why entries, or numbers of entries, are not here. */
export function LeftOutLines({ leftOut }: { readonly leftOut: Left }) {
  const text = useText(directorySentences)
  const examples = leftOut.examples.join('; ')
  return (['colleagues', 'nameless', 'keyless', 'numbers'] as const)
    .filter((why) => leftOut[why] > 0)
    .map((why) => (
      <div key={why}>
        <Quiet>{text(`left.${why}`, { count: leftOut[why], examples })}</Quiet>
      </div>
    ))
}
