import { Component, type ReactNode } from 'react'
import { Banner, Button } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'

/** A part of the page whose fault leaves the others alone. */
export class Guarded extends Component<{ readonly children: ReactNode }, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    return <Failed onRetry={() => this.setState({ hasFailed: false })} />
  }
}

function Failed({ onRetry }: { readonly onRetry: () => void }) {
  const { shell } = useWords()
  return (
    <Banner tone="bad" isLive tools={<Button onPress={onRetry}>{shell.retry}</Button>}>
      {shell.faulted}
    </Banner>
  )
}
