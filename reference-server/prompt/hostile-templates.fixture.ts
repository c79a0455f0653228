/** Templates that take all memory, all time or all stack. */
export const hostile: readonly string[] = [
  '{% for i in range(10**9) %}{% endfor %}',
  '{% for i in range(10**6) %}{% endfor %}',
  '{{ range(10**300) }}',
  '{% for i in range(3000) %}{% for j in range(3000) %}{{ j }}{% endfor %}{% endfor %}',
  '{% set r = range(1000) %}{% for i in r %}{% for j in r %}{% for k in r %}{% endfor %}{% endfor %}{% endfor %}',
  '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}',
  '{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ f() }}',
  "{% set ns = namespace(s='x') %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
  "{% set ns = namespace(s='x') %}{% for i in range(60) %}{% set ns.s %}{{ ns.s }}{{ ns.s }}{% endset %}{% endfor %}",
  '{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = ns.l + ns.l %}{% endfor %}',
  '{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l|tojson }}',
  "{% set ns = namespace(s='xx') %}{% for i in range(60) %}{% set ns.s = ns.s|replace('x', ns.s) %}{% endfor %}",
  "{{ ('x' ~ '\\ny')|indent(10**9) }}",
  '{% set a = namespace() %}{% set b = namespace() %}{% set a.x = b %}{% set b.x = a %}{{ a }}',
  "{% set ns = namespace(l=[]) %}{% for i in range(10**5) %}{% set ns.l = ns.l + ['x'] %}{% endfor %}",
  '{% for i in range(10**5) %}{% for j in range(10**5) %}{{ nothing }}{% endfor %}{% endfor %}',
];
