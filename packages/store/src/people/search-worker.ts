import { parentPort } from 'node:worker_threads'
import type { SearchQuestion, SearchReply, SearchRequest } from './search-messages.ts'
import { SearchedCompanies } from './searched-companies.ts'

/** The thread in which the directory is searched: what takes a second here is not noticed by any call. */
const port = parentPort!
const companies = new SearchedCompanies()

port.on('message', (request: SearchRequest) => {
  if (!('id' in request)) return obey(request)
  const { id } = request
  try {
    port.postMessage({ id, answer: answer(request) } satisfies SearchReply)
  } catch (error) {
    port.postMessage({ id, error: String(error) } satisfies SearchReply)
  }
})

function obey(order: Exclude<SearchRequest, { id: number }>): void {
  switch (order.op) {
    case 'load':
      return companies.load(order.of, order.cards)
    case 'loaded':
      return companies.loaded()
    case 'put':
      return companies.put(order.of, order.cards)
    case 'remove':
      return companies.remove(order.of, order.ids)
    case 'forget':
      return companies.forget(order.of)
    case 'close':
      return port.close()
  }
}

function answer(question: SearchQuestion): NonNullable<SearchReply['answer']> {
  switch (question.op) {
    case 'search':
      return companies.search(question.query)
    case 'read':
      return companies.read(question.who, question.ids)
    case 'withNumbers':
      return companies.withNumbers(question.who, question.numbers)
    case 'size':
      return companies.sizeBytes
  }
}
