#!/usr/bin/env node
// The published command. Nothing is imported before the Node version is known to be new enough; syntax that old versions parse.
// In a clone the package `node` (a devDependency) brings a Node that is: the command runs again on that one.
(function start() {
  const needed: readonly [number, number] = [22, 19];
  const current = /^(\d+)\.(\d+)/.exec(process.versions.node) || [];
  const isEnough = Number(current[1]) > needed[0] || (Number(current[1]) === needed[0] && Number(current[2]) >= needed[1]);
  if (isEnough) {
    // What V8 takes for speed that a command of seconds never sees: a whole run on its defaults needs 220 MB, with these 140, and less time.
    const sparing = [
      // The young generation would grow to 48 MB and more, for garbage that a small one holds as well.
      '--semi-space-growth-factor=1',
      // The old one may have half of what is alive on top, not several times as much.
      '--heap-growing-percent=50',
      // Two of its three compilers. The last one is what counts.
      '--no-maglev',
      '--no-sparkplug',
    ];
    sparing.forEach(require('v8').setFlagsFromString);
    import('./main.ts').then(
      function run(module) {
        return module.main(process.argv.slice(2));
      },
      function fail(error) {
        console.error('messages-conformance could not be loaded: ' + error.message);
        process.exitCode = 4;
      },
    );
    return;
  }
  const own = require('path').join(__dirname, '../../node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  // The variable ends the loop, should the package's Node be too old as well.
  if (!process.env.CONFORMANCE_OWN_NODE && require('fs').existsSync(own)) {
    runOn(own);
    return;
  }
  console.error(
    'messages-conformance needs Node ' +
      needed.join('.') +
      ' or newer; this is ' +
      process.versions.node +
      '. Install a newer one from https://nodejs.org.',
  );
  process.exitCode = 2;

  function runOn(node: string): void {
    const env = Object.assign({}, process.env, { CONFORMANCE_OWN_NODE: '1' });
    const child = require('child_process').spawn(node, [__filename].concat(process.argv.slice(2)), { stdio: 'inherit', env: env });
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    signals.forEach(function forward(signal) {
      process.on(signal, function pass() {
        child.kill(signal);
      });
    });
    child.on('error', function fail(error: Error) {
      console.error('messages-conformance could not start ' + node + ': ' + error.message);
      process.exitCode = 4;
    });
    child.on('exit', function finish(code: number | null, signal: string | null) {
      signals.forEach(function stop(name) {
        process.removeAllListeners(name);
      });
      if (signal === null) process.exitCode = code === null ? 4 : code;
      else process.kill(process.pid, signal);
    });
  }
})();
