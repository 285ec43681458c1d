import { z } from 'zod'

// The first import of the page: its policy forbids code made from text, and zod would try at its first schema.
z.config({ jitless: true })
