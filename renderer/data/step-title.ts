import type { DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import { stepFacts } from '../edit/step-facts.ts'

/** What the card shows: the step's title, else that of its kind. */
export const stepTitle = (node: DocumentNode): string => stepFacts(node).title
