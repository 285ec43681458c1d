// The licence texts of what is inside a package, from the packages and jars that are packed. What has none in it is named here, with the
// text of its licence; anything else without a text stops the packaging.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { BootstrapError, root } from '../bootstrap.mjs'
import { zipTexts } from './zip-texts.mjs'

const TEXTS = new URL('./licence-texts/', import.meta.url)
const TEXT_NAME = /^(licen[cs]e|copying|notice)([.-][\w.-]*)?$/i
/** Fonts come by way of style sheets, which tell nobody where they are from: a package per beginning of a file's name. */
const FONTS = { 'inter-': '@fontsource-variable/inter', 'jetbrains-mono-': '@fontsource-variable/jetbrains-mono' }

/** npm packages that are published without a text. */
const PACKAGES_WITHOUT_TEXT = { 'react-remove-scroll-bar': { licence: 'MIT', copyright: 'Copyright (c) 2025 Anton Korzunov' } }

/**
 * Jars without a text, by the beginning of their names: the licence that their Maven POM declares, and the copyright lines of their sources.
 * `holds` is what is compiled into the native libraries of a jar; `unnamed` is whom the third clause of its BSD licence protects.
 */
const JARS_WITHOUT_TEXT = {
  argparse4j: { licence: 'MIT', copyright: 'Copyright (C) 2011-2017 Tatsuhiro Tsujikawa' },
  hash4j: { licence: 'Apache-2.0', copyright: 'Copyright Dynatrace LLC' },
  'jopt-simple': { licence: 'MIT', copyright: 'Copyright (c) 2004-2016 Paul R. Holser, Jr.' },
  jose4j: { licence: 'Apache-2.0', copyright: 'Copyright 2012-2019 Brian Campbell' },
  jspecify: { licence: 'Apache-2.0', copyright: 'Copyright The JSpecify Authors' },
  'lz4-java': {
    licence: 'Apache-2.0',
    copyright: 'Copyright Adrien Grand and the lz4-java contributors',
    holds: [{ name: 'LZ4 and xxHash', licence: 'BSD-2-Clause', copyright: 'Copyright (c) Yann Collet. All rights reserved.' }],
  },
  'metrics-core': {
    licence: 'Apache-2.0',
    copyright:
      'Metrics\nCopyright 2010-2012 Coda Hale and Yammer, Inc.\n\nThis product includes software developed by Coda Hale and Yammer, Inc.\n\n' +
      'This product includes code derived from the JSR-166 project (ThreadLocalRandom), which was released with the following comments:\n\n' +
      '    Written by Doug Lea with assistance from members of JCP JSR-166\n    Expert Group and released to the public domain, as explained at\n' +
      '    http://creativecommons.org/publicdomain/zero/1.0/',
  },
  pcollections: {
    licence: 'MIT',
    copyright:
      'Copyright 2008-2011, 2014-2020, 2022 Harold Cooper, gil cattaneo, Gleb Frank, Günther Grill, Ilya Gorbunov, Jirka Kremser, Jochen Theodorou, ' +
      'Johnny Lim, Liam Miller, Mark Perry, Matei Dragu, Mike Klein, Oleg Osipenko, Ran Ari-Gur, Shantanu Kumar, and Valeriy Vyrva.',
  },
  // Its POM says "Go License", which is this text.
  re2j: {
    licence: 'BSD-3-Clause',
    copyright: 'Derived from RE2 in Go. Copyright (c) 2009 The Go Authors. All rights reserved.',
    unnamed: 'Google Inc.',
  },
  'slf4j-api': { licence: 'MIT', copyright: 'Copyright (c) 2004-2022 QOS.ch. All rights reserved.' },
  snakeyaml: { licence: 'Apache-2.0', copyright: 'Copyright (c) 2008 SnakeYAML' },
  'snappy-java': {
    licence: 'Apache-2.0',
    copyright:
      'Copyright Taro L. Saito\n\nThis product includes software developed by Google: Snappy (New BSD License). Its native libraries contain a ' +
      'statically linked libstdc++, which the GCC Runtime Library Exception allows.',
    holds: [
      {
        name: 'Snappy',
        licence: 'BSD-3-Clause',
        copyright: 'Copyright (c) 2011, Google Inc. All rights reserved.',
        unnamed: 'Google Inc.',
      },
      { name: 'Bitshuffle', licence: 'MIT', copyright: 'Copyright (c) 2014 Kiyoshi Masui (kiyo@physics.ubc.ca)' },
    ],
  },
  'zstd-jni': {
    licence: 'BSD-2-Clause',
    copyright: 'Copyright (c) 2015-present, Luben Karavelov. All rights reserved.',
    holds: [
      {
        name: 'Zstandard',
        licence: 'BSD-3-Clause',
        copyright: 'Copyright (c) Meta Platforms, Inc. and affiliates. All rights reserved.',
        unnamed: 'Facebook, nor Meta,',
      },
    ],
  },
}

/** One text of all npm packages in `folders` of node_modules (absolute paths). */
export function npmLicences(folders) {
  const entries = [...new Set(folders)].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
    const texts = readdirSync(folder)
      .filter((file) => TEXT_NAME.test(file))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    const source = license === 'MIT' || license === 'ISC' ? undefined : `Its source is the npm package ${name} ${version}.`
    return entry(`${name} ${version}`, license, texts, PACKAGES_WITHOUT_TEXT[name], source)
  })
  return joined(entries)
}

/** One text of all jars in a folder. */
export async function jarLicences(folder) {
  const jars = readdirSync(folder).filter((file) => file.endsWith('.jar'))
  const entries = await Promise.all(
    jars.map(async (jar) => {
      const texts = await zipTexts(
        path.join(folder, jar),
        (name) => /^(META-INF\/)?[^/]*(licen[cs]e|notice)[^/]*$/i.test(name) && !name.endsWith('.class'),
      )
      const known = Object.entries(JARS_WITHOUT_TEXT).find(([name]) => new RegExp(`^${name}-\\d`).test(jar))
      return entry(jar, undefined, texts, known?.[1])
    }),
  )
  return joined(entries)
}

/** The packages of which a bundle holds code, or a font, as its source maps and file names tell. */
export function bundledPackages(folder) {
  const found = new Set()
  for (const file of readdirSync(folder, { recursive: true })) {
    if (file.endsWith('.map')) {
      for (const source of JSON.parse(readFileSync(path.join(folder, file), 'utf8')).sources) {
        const inside = /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(source)?.[0]
        if (inside !== undefined) found.add(path.join(root, inside))
      }
    } else if (file.endsWith('.woff2')) found.add(path.join(root, 'node_modules', fontPackage(path.basename(file))))
  }
  if (found.size === 0) throw new BootstrapError(`${folder} has no source maps that tell what it is made of. Type: npm run build`)
  return [...found]
}

export function writeLicences(folder, texts) {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, name), text)
}

function fontPackage(file) {
  const known = Object.entries(FONTS).find(([start]) => file.startsWith(start))
  if (known === undefined)
    throw new BootstrapError(`The font ${file} is of no package that build/package/licences.mjs knows. Name it there.`)
  return known[1]
}

function entry(title, licence, texts, known, note) {
  if (texts.length === 0 && known === undefined)
    throw new BootstrapError(`${title} (${licence ?? 'licence unknown'}) brings no licence text. Name it in build/package/licences.mjs.`)
  const body = texts.length > 0 ? texts.map((text) => text.trim()).join('\n\n') : knownText(known)
  return {
    title: [title, licence ?? known?.licence].filter((part) => part !== undefined).join(', '),
    body: note === undefined ? body : `${note}\n\n${body}`,
  }
}

function knownText({ licence, copyright, unnamed, holds = [] }) {
  const own = `${copyright}\n\n${licenceText(licence, unnamed)}`
  const held = holds.map((part) => `It holds ${part.name}, ${part.licence}:\n\n${knownText(part)}`)
  return [own, ...held].join('\n\n')
}

function licenceText(licence, unnamed = 'the copyright holder') {
  const file = licence === 'Apache-2.0' ? path.join(root, 'LICENSE') : new URL(`${licence}.txt`, TEXTS)
  return readFileSync(file, 'utf8').trim().replace('the name of the copyright holder', `the name of ${unnamed}`)
}

/** A text that many share stands once, below all their names. */
function joined(entries) {
  const titles = new Map()
  for (const { title, body } of entries.sort((a, b) => (a.title < b.title ? -1 : 1))) titles.set(body, [...(titles.get(body) ?? []), title])
  return `${[...titles].map(([body, names]) => `${names.join('\n')}\n\n${body}`).join(`\n\n${'-'.repeat(100)}\n\n`)}\n`
}
