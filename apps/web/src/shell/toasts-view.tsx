import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Button, classNames, IconButton } from '../look/index.ts'
import css from '../look/cards.module.css'
import { useWords } from '../words/use-words.ts'

/** Short messages at the edge of the screen, read aloud as they come. */
export function ToastsView() {
  const { shell } = useWords()
  const { toasts } = useApp()
  const all = useValue(toasts.all)
  return (
    <section className={css.toasts} aria-label={shell.notifications} aria-live="polite">
      {all.map(({ id, tone, text, action }) => (
        <div key={id} className={classNames(css.toast, css[tone])}>
          <span className={css.bannerText}>{text}</span>
          {action && (
            <Button
              size="small"
              onPress={() => {
                toasts.dismiss(id)
                action.run()
              }}
            >
              {action.label}
            </Button>
          )}
          <IconButton icon="close" size="small" label={shell.dismiss} onPress={() => toasts.dismiss(id)} />
        </div>
      ))}
    </section>
  )
}
