import type { OperatorContext } from '../../engine/operator.ts'
import { analyze, analyzeCondition, createEvaluator, type Evaluator } from '../../expressions/expressions.ts'
import type { EdgeSchema } from '../../spec/edge-schema.ts'
import { scopeOf } from './expressions.ts'

/** The evaluator of an expression that the compiler has checked. */
export function evaluatorOf(text: string, context: OperatorContext): Evaluator {
  return evaluatorFrom(analyze(text, scopeOf(firstInput(context), context.timeZone)).typed, text)
}

export function conditionOf(text: string, context: OperatorContext): Evaluator {
  return evaluatorFrom(analyzeCondition(text, scopeOf(firstInput(context), context.timeZone)).typed, text)
}

function evaluatorFrom(typed: Parameters<typeof createEvaluator>[0] | undefined, text: string): Evaluator {
  if (typed === undefined) throw new Error(`The expression ${text} has not been checked.`)
  return createEvaluator(typed)
}

/** The schema of the only edge that ends at a node with one in port. */
export function firstInput(context: OperatorContext): EdgeSchema {
  const [input] = context.inputs
  if (input === undefined) throw new Error(`"${context.nodeId}" has nothing that leads into it.`)
  return input
}
