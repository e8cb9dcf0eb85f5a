-- Reads keys at random. Arguments: requests that are sent at once, keys.
local HELD = 100
local blocks = {}
local keys

local function get(key)
  return wrk.format("GET", string.format("/v1/kv/key-%04d", key))
end

function init(args)
  local deep = tonumber(args[1] or 1)
  keys = tonumber(args[2] or HELD)
  if keys <= HELD then
    for first = 0, keys - 1 do
      local block = {}
      for nth = 0, deep - 1 do
        block[#block + 1] = get((first + nth) % keys)
      end
      blocks[first] = table.concat(block)
    end
  end
end

function request()
  local key = math.random(0, keys - 1)
  return blocks[key] or get(key)
end
