import path from 'node:path'

/** Documents among the arguments of a start: what ends like one and is no switch, as absolute paths. */
export function fileArguments(args: readonly string[], workingFolder: string): readonly string[] {
  return args.filter((arg) => !arg.startsWith('-') && /\.json$/i.test(arg)).map((arg) => path.resolve(workingFolder, arg))
}
