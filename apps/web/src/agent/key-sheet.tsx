import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Dialog } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './agent.module.css'

/** Every key of the console and of the telephone, as the actions have them. */
export function KeySheet({ onClose, title }: { readonly onClose: () => void; readonly title?: string }) {
  const words = useWords()
  const { actions } = useApp()
  const all = useValue(actions.all)
  const keys = all.filter(
    ({ id, shortcut }) => shortcut !== undefined && /^(agent|attendant|phone|people|shell)\./.test(id),
  )
  return (
    <Dialog title={title ?? words.agent.keys.title} isOpen onClose={onClose} isWide>
      <dl className={css.keyList}>
        {keys.map(({ id, shortcut, label }) => (
          <div key={id} className={css.keyRow}>
            <dt>
              <kbd>{shortcut!.replace('Mod', 'Ctrl')}</kbd>
            </dt>
            <dd>{label(words)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
