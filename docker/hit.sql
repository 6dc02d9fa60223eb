-- Asked through SQLmem. The first statement loads the columns; the second is answered from memory.
SELECT id, status FROM orders WHERE id = 42;
SELECT id, status FROM orders WHERE id = 43;

-- What SQLmem did.
SELECT name, columns, rows, hits, misses FROM sqlmem.tables;
SELECT shape, route, calls, hits, misses FROM sqlmem.statements;
