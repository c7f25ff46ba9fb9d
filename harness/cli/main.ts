#!/usr/bin/env node
import { runProgram } from './program.ts';
import { guardStdout } from './terminal.ts';

guardStdout();
await runProgram(process.argv.slice(2));
