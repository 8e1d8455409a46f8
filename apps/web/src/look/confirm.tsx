import { type ReactElement, useState } from 'react'
import { useWords } from '../words/use-words.ts'
import { Button } from './button.tsx'
import { Banner } from './cards.tsx'
import { Dialog } from './dialog.tsx'

export interface Question {
  readonly title: string
  readonly text: string
  /** On the button that does it. */
  readonly yes: string
  readonly isDanger?: boolean
  /** Rejects with why it could not be done; the question stays then. */
  readonly run: () => Promise<void>
}

/**
 * Asks before something is done that cannot easily be undone.
 * @param textOf puts a fault into words
 * @returns `ask` and what must be drawn for it
 */
export function useQuestion(textOf: (fault: unknown) => string): {
  readonly ask: (question: Question) => void
  readonly dialog: ReactElement | null
} {
  const { shell } = useWords()
  const [question, setQuestion] = useState<Question>()
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const close = () => {
    setQuestion(undefined)
    setFault(undefined)
  }
  const perform = async () => {
    if (!question) return
    setBusy(true)
    try {
      await question.run()
      close()
    } catch (error) {
      setFault(textOf(error))
    } finally {
      setBusy(false)
    }
  }
  const dialog = question ? (
    <Dialog
      title={question.title}
      isOpen
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{shell.cancel}</Button>
          <Button kind={question.isDanger ? 'danger' : 'primary'} isDisabled={isBusy} onPress={() => void perform()}>
            {question.yes}
          </Button>
        </>
      }
    >
      <p>{question.text}</p>
      {fault && (
        <Banner tone="bad" isLive>
          {fault}
        </Banner>
      )}
    </Dialog>
  ) : null
  return { ask: setQuestion, dialog }
}
