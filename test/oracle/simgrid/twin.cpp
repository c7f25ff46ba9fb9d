// A fluid-trace v1 file in SimGrid 3.32, at its fastest: no actors; the next flow starts in the callback of the one that ends.
// A zone of our own answers with the links of the flow that is being started, so it has exactly its resources. Communications
// between hosts have no rate limit here, so a flow's cap is what TCP may have under way: gamma / (2 * latency), with gamma 2 and
// a latency of 1 / cap, which costs no time as its factor is 0.
//
//   g++ -O3 -std=c++17 twin.cpp -o twin -lsimgrid
//   twin TRACE CSV [--cfg=...]     CSV gets rows flow,start,end; prints seconds on the clock
#include <simgrid/kernel/routing/NetPoint.hpp>
#include <simgrid/kernel/routing/NetZoneImpl.hpp>
#include <simgrid/s4u.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace s4u = simgrid::s4u;
namespace kernel = simgrid::kernel;

struct Flow {
  double bytes, capBps, startS = -1, endS = -1;
  std::vector<size_t> uses;
};

static std::vector<Flow> flows;
static std::vector<double> capacityBps;
static size_t slots;
static std::vector<kernel::resource::StandardLinkImpl*> links;
static size_t starting, nextFlow = 0, ended = 0;
static std::vector<s4u::CommPtr> comms; // by slot
static std::vector<size_t> flowIn;      // by slot
static s4u::CommPtr last;               // has to outlive its own callback

static double field(const std::string& line, const char* key)
{
  return strtod(line.c_str() + line.find(key) + std::string(key).size(), nullptr);
}

static void read(const char* path)
{
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.find("\"slots\":") != std::string::npos)
      slots = static_cast<size_t>(field(line, "\"slots\":"));
    else if (line.rfind("{\"r\":", 0) == 0)
      capacityBps.push_back(field(line, "\"cap\":") * 1e6);
    else if (line.rfind("{\"f\":", 0) == 0) {
      Flow flow{field(line, "\"mb\":") * 1e6, field(line, "\"max\":") * 1e6};
      const char* at = line.c_str() + line.find("\"use\":[") + 6;
      for (char* end; *at != ']'; at = end)
        flow.uses.push_back(strtoul(at + 1, &end, 10));
      flows.push_back(flow);
    }
  }
}

class FlowZone : public kernel::routing::NetZoneImpl {
public:
  FlowZone() : NetZoneImpl("zone") {}
  void get_local_route(const kernel::routing::NetPoint*, const kernel::routing::NetPoint*, kernel::routing::Route* into,
                       double* latency) override
  {
    for (size_t resource : flows[starting].uses)
      into->link_list_.push_back(links[resource]);
    if (latency)
      *latency += 1 / flows[starting].capBps;
  }
};

static s4u::Host *source, *target;

static void startNext(size_t slot)
{
  if (nextFlow == flows.size())
    return;
  starting = flowIn[slot] = nextFlow++;
  flows[starting].startS = s4u::Engine::get_clock();
  comms[slot] = s4u::Comm::sendto_init();
  comms[slot]->set_payload_size(static_cast<uint64_t>(flows[starting].bytes + 0.5));
  comms[slot]->set_data(reinterpret_cast<void*>(slot));
  comms[slot]->set_source(source)->set_destination(target); // starts it
}

int main(int argc, char** argv)
{
  std::vector<std::string> config = {"network/model:CM02",     "network/latency-factor:0", "network/bandwidth-factor:1",
                                     "network/weight-S:0",     "network/crosstraffic:no",  "network/TCP-gamma:2",
                                     "network/optim:Full",     "contexts/factory:raw"};
  std::vector<char*> args(argv, argv + argc);
  for (auto& option : config)
    args.insert(args.begin() + 1, (option = "--cfg=" + option).data());
  int count = static_cast<int>(args.size());
  args.push_back(nullptr);
  s4u::Engine engine(&count, args.data());
  read(args[1]);

  auto* zone = (new FlowZone())->get_iface();
  for (size_t r = 0; r < capacityBps.size(); r++)
    links.push_back(zone->create_link("r" + std::to_string(r), capacityBps[r])->get_impl());
  source = zone->create_host("source", 1e9);
  target = zone->create_host("target", 1e9);
  zone->seal();
  comms.resize(slots);
  flowIn.resize(slots);
  s4u::Activity::on_completion_cb([](s4u::Activity const& activity) {
    auto slot = reinterpret_cast<size_t>(activity.get_data<void>());
    flows[flowIn[slot]].endS = s4u::Engine::get_clock();
    ended++;
    last = comms[slot];
    startNext(slot);
  });

  auto before = std::chrono::steady_clock::now();
  for (size_t slot = 0; slot < slots; slot++)
    startNext(slot);
  engine.run();
  std::chrono::duration<double> wall = std::chrono::steady_clock::now() - before;
  if (ended != flows.size()) {
    fprintf(stderr, "%zu of %zu flows ended\n", ended, flows.size());
    return 1;
  }
  FILE* csv = fopen(args[2], "w");
  for (size_t f = 0; f < flows.size(); f++)
    fprintf(csv, "%zu,%.17g,%.17g\n", f, flows[f].startS, flows[f].endS);
  fclose(csv);
  printf("%.6f\n", wall.count());
  fflush(stdout);
  _exit(0); // taking it all down again is no part of it
}
